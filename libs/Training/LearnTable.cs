namespace BatchScoring.Training;

/// <summary>The rows that a model learns from, columns × rows. The arrays are the caller's and are not changed.</summary>
/// <param name="Columns">All of one length, in the order in which the model will want them.</param>
/// <param name="Targets">Labels × rows; most losses have one label. Of classes their numbers, from 0.</param>
/// <param name="Weights">One per row, not negative; null: all 1.</param>
public sealed record LearnTable(IReadOnlyList<LearnColumn> Columns, float[][] Targets, float[]? Weights = null)
{
    /// <summary>Of one label per row.</summary>
    public LearnTable(IReadOnlyList<LearnColumn> columns, float[] labels, float[]? weights = null)
        : this(columns, [labels], weights)
    {
    }

    /// <summary>What raw values start from, outputs × rows; null: from one constant.</summary>
    public float[][]? Baseline { get; init; }

    /// <summary>Rows.</summary>
    public int Rows => Labels.Length;

    /// <summary>The label, or the first of several.</summary>
    public float[] Labels => Targets[0];

    /// <summary>The same rows in another order.</summary>
    internal LearnTable Reordered(int[] order) => new(
        [.. Columns.Select(column => column.Reordered(order))], [.. Targets.Select(labels => order.Select(row => labels[row]).ToArray())],
        Weights is null ? null : [.. order.Select(row => Weights[row])])
    {
        Baseline = Baseline is null ? null : [.. Baseline.Select(values => order.Select(row => values[row]).ToArray())],
    };
}

/// <summary>A column to learn from.</summary>
/// <param name="Name">Its name; empty if it has none.</param>
public abstract record LearnColumn(string Name)
{
    internal abstract LearnColumn Reordered(int[] order);
}

/// <summary>A column of numbers.</summary>
/// <param name="Name">Its name; empty if it has none.</param>
/// <param name="Values">One per row; NaN is missing.</param>
public sealed record NumericColumn(string Name, float[] Values) : LearnColumn(Name)
{
    internal override LearnColumn Reordered(int[] order) => this with { Values = [.. order.Select(row => Values[row])] };
}

/// <summary>A column of categories.</summary>
/// <param name="Name">Its name; empty if it has none.</param>
/// <param name="Hashes">One per row: the category's hash (<see cref="Models.CategoryHash"/>).</param>
public sealed record CategoryColumn(string Name, int[] Hashes) : LearnColumn(Name)
{
    internal override LearnColumn Reordered(int[] order) => this with { Hashes = [.. order.Select(row => Hashes[row])] };
}
