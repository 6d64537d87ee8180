namespace BatchScoring.Engines;

/// <summary>Some rows of a result, column by column, without an object per row.</summary>
/// <remarks>Ends, with all its spans, when the next chunk is asked for. One thread at a time.</remarks>
public interface ISqlChunk
{
    /// <summary>Rows in the chunk, 1 or more.</summary>
    int Rows { get; }

    /// <summary>The values of a column that the query casts to DOUBLE, one per row; undefined where <see cref="IsNull"/>.</summary>
    /// <param name="column">The column's place in the result, from 0.</param>
    /// <exception cref="Core.BatchScoringException">Code <c>SQL_TYPE</c>: the column is of another type.</exception>
    ReadOnlySpan<double> Doubles(int column);

    /// <summary>Whether a value is NULL.</summary>
    /// <param name="column">The column's place in the result, from 0.</param>
    /// <param name="row">The row's place in the chunk, from 0.</param>
    bool IsNull(int column, int row);
}
