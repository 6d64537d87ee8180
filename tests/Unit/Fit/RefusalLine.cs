using System.Text.Json.Nodes;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Fit;

/// <summary>Something that CatBoost 1.2.10 was asked, and whether it took it.</summary>
/// <param name="What">What was tried; the data where they were special ones.</param>
/// <param name="Parameters">What was said of the training, as JSON.</param>
/// <param name="IsAccepted">CatBoost's answer.</param>
internal sealed record RefusalLine(string What, string Parameters, bool IsAccepted)
{
    public static IReadOnlyList<RefusalLine> All { get; } =
    [
        .. JsonNode.Parse(File.ReadAllText(Repository.Data("training-numeric", "refusals.json")))!.AsArray().Select(one =>
            new RefusalLine(one!["what"]!.GetValue<string>(), one["params"]!.ToJsonString(), one["accepted"]!.GetValue<bool>())),
    ];
}
