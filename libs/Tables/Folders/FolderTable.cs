using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BatchScoring.Core;

namespace BatchScoring.Tables;

/// <summary>The rows that a folder stands for: which files, which columns, and what is not as it stands in the files.</summary>
/// <param name="Folder">The folder, as its store knows it.</param>
/// <param name="Files">The files, in the order in which their rows count.</param>
public sealed record FolderTable(string Folder, IReadOnlyList<FolderFile> Files)
{
    /// <summary>The version of the Delta table; null for plain files.</summary>
    public long? Version { get; init; }

    /// <summary>The table's columns, in their order; of plain files only those that the folders' names give.</summary>
    public IReadOnlyList<FolderColumn> Columns { get; init; } = [];

    /// <summary>Whether every data file in the folder is one of <see cref="Files"/>.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Whether <see cref="Columns"/> are all: others, that a file may have, are no part of the table.</summary>
    public bool HasLog => Version is not null;

    /// <summary>What tells this content from every other: version and files, each with size and version of its own.</summary>
    public string Identity
    {
        get
        {
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Files.Select(Line)))));
            string columns = string.Concat(HasLog ? [] : Columns.Select(column => $" column {column.Name}"));
            return Version is { } version
                ? string.Create(CultureInfo.InvariantCulture, $"delta version {version} {hash}")
                : $"files {hash}{columns}";
        }
    }

    /// <summary>The same files at another place.</summary>
    /// <param name="place">What stands before their keys there.</param>
    public FolderTable At(string place) =>
        this with
        {
            Folder = place + Folder,
            Files = [.. Files.Select(file => file with { File = file.File with { Key = place + file.File.Key } })],
        };

    private static string Line(FolderFile file) =>
        $"{file.File.Key}\t{file.File.Size}\t{file.File.Version}" + (file.Deletions is null ? "" : "\t" + file.Deletions);
}

/// <summary>A data file of a table.</summary>
/// <param name="File">The file, by its key in the store.</param>
public sealed record FolderFile(InputFile File)
{
    /// <summary>What log or path say of all of its rows, by the names that files use; null is a missing value.</summary>
    public IReadOnlyDictionary<string, string?> Partitions { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>What names the list of rows that are gone; null where none are.</summary>
    public string? Deletions { get; init; }

    /// <summary>Numbers of the rows that are gone, ascending.</summary>
    public IReadOnlyList<long> RemovedRows { get; init; } = [];
}
