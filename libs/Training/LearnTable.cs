using System.Text;
using BatchScoring.Models;

namespace BatchScoring.Training;

/// <summary>The rows that a model learns from, columns × rows. The arrays are the caller's and are not changed.</summary>
/// <param name="Columns">All of one length, in the order in which the model will want them.</param>
/// <param name="Targets">Labels × rows; most losses have one label. Of classes their numbers, from 0.</param>
/// <param name="Weights">One per row, not negative; null: all 1.</param>
public sealed record LearnTable(IReadOnlyList<LearnColumn> Columns, float[][] Targets, float[]? Weights)
{
    /// <summary>Of rows that weigh the same.</summary>
    public LearnTable(IReadOnlyList<LearnColumn> columns, float[][] targets)
        : this(columns, targets, null)
    {
    }

    /// <summary>Of one label per row.</summary>
    public LearnTable(IReadOnlyList<LearnColumn> columns, float[] labels)
        : this(columns, [labels], null)
    {
    }

    /// <summary>Of one label and a weight per row.</summary>
    public LearnTable(IReadOnlyList<LearnColumn> columns, float[] labels, float[]? weights)
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

    /// <summary>The same cells in another order.</summary>
    private protected static T[] Permuted<T>(T[] cells, int[] order) => Array.ConvertAll(order, row => cells[row]);
}

/// <summary>A column of numbers.</summary>
/// <param name="Name">Its name; empty if it has none.</param>
/// <param name="Read">
/// Gives one number per row, NaN where it is missing. Asked for once, when the column is quantised: a large table need never be whole in
/// memory. Called by several threads, for one column by one.
/// </param>
public sealed record NumericColumn(string Name, Func<float[]> Read) : LearnColumn(Name)
{
    /// <summary>Of numbers in memory.</summary>
    /// <param name="name">Its name; empty if it has none.</param>
    /// <param name="values">One per row; NaN is missing.</param>
    public NumericColumn(string name, float[] values)
        : this(name, () => values)
    {
    }

    internal override LearnColumn Reordered(int[] order)
    {
        Func<float[]> read = Read;
        return this with { Read = () => Permuted(read(), order) };
    }
}

/// <summary>A column of categories.</summary>
/// <param name="Name">Its name; empty if it has none.</param>
/// <param name="Read">As that of <see cref="NumericColumn"/>: one hash of a category per row (<see cref="CategoryHash"/>).</param>
public sealed record CategoryColumn(string Name, Func<int[]> Read) : LearnColumn(Name)
{
    /// <summary>Of categories in memory.</summary>
    /// <param name="name">Its name; empty if it has none.</param>
    /// <param name="categories">The text of one per row.</param>
    public CategoryColumn(string name, IReadOnlyList<string> categories)
        : this(name, () => [.. categories.Select(category => CategoryHash.Of(Encoding.UTF8.GetBytes(category)))])
    {
    }

    /// <summary>Of hashes in memory.</summary>
    /// <param name="name">Its name; empty if it has none.</param>
    /// <param name="hashes">One per row.</param>
    public CategoryColumn(string name, int[] hashes)
        : this(name, () => hashes)
    {
    }

    internal override LearnColumn Reordered(int[] order)
    {
        Func<int[]> read = Read;
        return this with { Read = () => Permuted(read(), order) };
    }
}
