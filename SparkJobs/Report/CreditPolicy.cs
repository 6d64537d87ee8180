using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Report;

/// <summary>
/// <c>artifacts/policy.json</c>: how the business reads the scores. Bands from the safest to the riskiest, the cut-off from which
/// applications are declined, columns to tell groups of rows apart. Written by people; s3-layout/policy.schema.json is its form.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CreditPolicy
{
    public const string Key = "artifacts/policy.json";

    /// <summary>Scores are counted in thousandths while they are made, so that a policy that comes later still counts exactly.</summary>
    private const int Steps = 1000;

    /// <summary>Version of the form; may be left out.</summary>
    public int? Format { get; init; }

    public required IReadOnlyList<PolicyBand> Bands { get; init; }

    /// <summary>Where approval ends: one of the bands' upper ends. Null when nothing is decided by the score.</summary>
    public double? CutOff { get; init; }

    /// <summary>Columns of the pool by whose values bad rates are told apart.</summary>
    public IReadOnlyList<string> Segments { get; init => field = value ?? []; } = [];

    /// <summary>Where one band ends and the next begins.</summary>
    public IReadOnlyList<double> Edges => [.. Bands.SkipLast(1).Select(band => band.Below!.Value)];

    public IReadOnlyList<string> Names => [.. Bands.Select(band => band.Name)];

    /// <returns>Null where the root has no policy.</returns>
    /// <exception cref="BatchScoringException">Code <c>POLICY_INVALID</c>.</exception>
    public static async Task<CreditPolicy?> ReadAsync(IObjectStore store, CancellationToken cancellation)
    {
        byte[]? content = await store.GetAsync(Key, cancellation);
        if (content is null) return null;
        try
        {
            CreditPolicy policy = JsonSerializer.Deserialize(content, JobJson.Default.CreditPolicy)
                ?? throw new JsonException("It is null.");
            return policy.Problem() is { } problem ? throw Invalid(problem) : policy;
        }
        catch (JsonException e)
        {
            throw Invalid(e.Message, e);
        }
    }

    private static BatchScoringException Invalid(string problem, Exception? inner = null) => new(JobErrors.PolicyInvalid,
        $"{Key} cannot be used: {problem} See docs/user/policy.md for its form; correct it, or remove it to report without bands.", inner);

    private string? Problem()
    {
        if (Format is not (null or 1)) return $"its format is {Format}, this program knows 1.";
        if (Bands.Count < 2) return $"it has {Bands.Count} band(s); at least two are needed.";
        if (Bands.GroupBy(band => band.Name, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1 || group.Key.Trim().Length == 0) is { } name)
            return $"the name '{name.Key}' is empty or stands twice.";
        if (Bands[^1].Below is not null) return $"the last band, {Bands[^1].Name}, has an end; it takes all scores above the one before.";
        double last = 0;
        foreach (PolicyBand band in Bands.SkipLast(1))
        {
            if (band.Below is not { } end) return $"band {band.Name} has no end (\"below\").";
            if (!(end > last && end < 1)) return Text($"band {band.Name} ends at {end}; ends rise and lie between 0 and 1.");
            if (Math.Round(end * Steps) / Steps != end) return Text($"band {band.Name} ends at {end}; ends have at most three decimals.");
            last = end;
        }

        return CutOff is { } cut && !Edges.Contains(cut)
            ? Text($"cut_off is {cut}, which is no band's end; it must be one of {string.Join(", ", Edges)}.") : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
