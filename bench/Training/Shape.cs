namespace BatchScoring.Bench.Training;

/// <summary>A training that is timed: its table, its settings, and what CatBoost 1.2.10 took for it.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Rows">To learn from.</param>
/// <param name="Columns">Of numbers and categories.</param>
/// <param name="Borders">At most, of a column.</param>
/// <param name="Trees">Of depth 6.</param>
/// <param name="CatBoostCpu">
/// Recorded processor seconds of CatBoost with one thread, on a machine that did little else (EPYC, family 25 and 26).
/// </param>
/// <param name="LightGbmShare">LightGBM's processor seconds over CatBoost's, measured in one run.</param>
internal sealed record Shape(string Name, int Rows, int Columns, int Borders, int Trees, double CatBoostCpu, double LightGbmShare)
{
    /// <summary>
    /// LightGBM was not measured with categories. There it trains on the credit table's numbers and tells how fast the machine is: what it
    /// took on record for them, over what CatBoost took on record with categories.
    /// </summary>
    private const double NumbersShare = 0.59 * 4.8 / 11.0;

    public static IReadOnlyList<Shape> All { get; } =
    [
        new("credit", 24_000, 23, 254, 1000, 4.8, 0.59), new("wide-64", 20_000, 770, 64, 1000, 52.3, 2.0),
        new("wide-254", 20_000, 770, 254, 1000, 100.3, 1.9), new("million", 1_000_000, 100, 64, 200, 48.2, 1.6),
        new("categories", 24_000, 23, 254, 400, 11.0, NumbersShare),
    ];

    /// <summary>Made of the credit card table, so with its categories told or not.</summary>
    public bool IsCredit => Columns == 23;

    public bool HasCategories => Name == "categories";

    /// <summary>What LightGBM trains beside it.</summary>
    public Shape Peer => HasCategories && Of("credit") is var credit ? credit.WithTrees(credit.Trees * Trees / Of(Name).Trees) : this;

    public static Shape Of(string name) => All.FirstOrDefault(shape => shape.Name == name)
        ?? throw new ArgumentException($"There is no shape '{name}'. There are: {string.Join(", ", All.Select(shape => shape.Name))}.",
            nameof(name));

    /// <summary>With fewer trees, and so much less time on record.</summary>
    public Shape WithTrees(int trees) => this with { Trees = trees, CatBoostCpu = CatBoostCpu * trees / Trees };
}
