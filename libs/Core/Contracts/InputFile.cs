namespace BatchScoring.Core;

/// <summary>One input file as the plan saw it.</summary>
public sealed record InputFile
{
    /// <summary>Key under the root; or an absolute path for a plain file that is no part of a root.</summary>
    public required string Key { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>S3: the ETag. Folder: modification time in ticks and inode. Opaque; equal text means unchanged.</summary>
    public required string Version { get; init; }

    /// <summary>Columns that are not simply what the file holds under their names; mostly none.</summary>
    /// <remarks>Absent in JSON means empty.</remarks>
    public IReadOnlyList<InputColumn> Columns { get; init => field = value ?? []; } = [];

    /// <summary>The column of the file that holds a column; null where none does.</summary>
    /// <param name="name">The column's name.</param>
    public string? FileColumnOf(string name)
    {
        foreach (InputColumn column in Columns)
            if (column.Name == name) return column.FileColumn;
        return name;
    }
}
