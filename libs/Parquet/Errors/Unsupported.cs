namespace BatchScoring.Parquet;

/// <summary>Why a file, a row group or a column is not read here. Whoever asked reads it another way; nothing is wrong with it until that
/// fails too.</summary>
/// <param name="Code">One of <see cref="UnsupportedCodes"/>.</param>
/// <param name="Column">The column that it is about, by its name in the file; null where it is about none.</param>
/// <param name="Detail">What was found, for people.</param>
public sealed record Unsupported(string Code, string? Column, string Detail)
{
    /// <summary>True where a sound file may have it; false where it looks like damage.</summary>
    public bool IsLegal => Code is not (
        UnsupportedCodes.Footer or UnsupportedCodes.Levels or UnsupportedCodes.Page or UnsupportedCodes.Data);

    /// <summary>Code, column and detail in one line.</summary>
    public override string ToString() => Column is null ? $"{Code}: {Detail}" : $"{Code}: column {Column}: {Detail}";
}
