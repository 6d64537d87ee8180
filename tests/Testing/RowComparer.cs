namespace BatchScoring.Tests.Testing;

/// <summary>Rows are equal when all of their cells are.</summary>
public sealed class RowComparer : IEqualityComparer<object?[]>
{
    public bool Equals(object?[]? x, object?[]? y) => x is null ? y is null : y is not null && x.SequenceEqual(y);

    public int GetHashCode(object?[] row) => row.Length;
}
