using BatchScoring.Models;

namespace BatchScoring.Training.Ctrs;

/// <summary>How a number is made of the rows of a category.</summary>
/// <param name="Type">Of which counts.</param>
/// <param name="TargetBorder">Which target border the good rows lie above.</param>
/// <param name="Prior">Added to the good ones.</param>
/// <param name="Borders">Into how many steps it is cut.</param>
/// <param name="Classifier">0 for types that look at no target.</param>
internal sealed record CtrDescription(CtrType Type, int TargetBorder, float Prior, int Borders, int Classifier)
{
    public float Shift => -Math.Min(0, Prior);

    public float Norm => Math.Max(1, Prior) - Math.Min(0, Prior);

    /// <summary>CatBoost's own, for single categories and combinations alike.</summary>
    public static CtrDescription[] Usual { get; } =
    [
        .. new[] { 0, 0.5f, 1 }.Select(prior => new CtrDescription(CtrType.Borders, 0, prior, 15, 1)),
        new CtrDescription(CtrType.Counter, 0, 0, 15, 0),
    ];

    /// <summary>How many of the rows of every class are good.</summary>
    public int Good(ReadOnlySpan<int> classes)
    {
        if (Type == CtrType.Buckets) return classes[TargetBorder];
        int good = 0;
        for (int one = TargetBorder + 1; one < classes.Length; one++) good += classes[one];
        return good;
    }

    /// <summary>The step of a row whose category had so many good ones among so many before it.</summary>
    public byte Bin(float good, int total) => (byte)((((good + Prior) / (total + 1f)) + Shift) / Norm * Borders);
}

/// <summary>A number made of a projection.</summary>
internal sealed record Ctr(Projection Projection, CtrDescription Description)
{
    /// <summary>What is used once costs nothing when it is used again.</summary>
    public (CtrType, Projection) Use => (Description.Type, Projection);
}
