using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Models;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Inspect;

/// <summary>Says what changed from one model to another: parameters, columns, trees.</summary>
internal static class ModelDiff
{
    /// <summary>More changes of a kind than people read are in the JSON only.</summary>
    private const int Shown = 20;

    public static JobOutcome Describe(ModelFile from, ModelFile to)
    {
        if (from.Model is not CatBoostModel old || to.Model is not CatBoostModel now)
            return JobOutcome.Ok(new JsonObject { ["same"] = from.Sha256 == to.Sha256 },
                from.Sha256 == to.Sha256 ? "The files are the same." : "The files differ; what is in them is told of CatBoost models only.");
        (string Kind, List<string> Changes)[] all =
        [
            ("model", Whole(old, now)), ("parameters", Parameters(old.Describe(), now.Describe())),
            ("features", Features(old.Describe(), now.Describe())), ("trees", Trees(old, now, out int equal, out int alike)),
        ];
        List<string> lines = [$"sha256      {(from.Sha256 == to.Sha256 ? "the same file" : $"{from.Sha256} -> {to.Sha256}")}"];
        lines.Add(Line($"trees       {old.TreeCount:N0} -> {now.TreeCount:N0}; the first {equal:N0} are the same, the first {alike:N0} ask the same"));
        foreach ((string kind, List<string> changes) in all)
        {
            lines.AddRange(changes.Take(Shown).Select(change => $"{kind,-12}{change}"));
            if (changes.Count > Shown) lines.Add(Line($"{kind,-12}… {changes.Count - Shown:N0} more; --format json names all"));
        }

        bool same = all.All(kind => kind.Changes.Count == 0);
        if (same) lines.Add("The models answer alike, to the last bit.");
        JsonObject json = new() { ["same"] = same, ["equal_trees"] = equal, ["trees_that_ask_the_same"] = alike };
        foreach ((string kind, List<string> changes) in all) json[kind] = new JsonArray([.. changes.Select(change => (JsonNode)change)]);
        return JobOutcome.Ok(json, lines);
    }

    private static List<string> Whole(CatBoostModel old, CatBoostModel now)
    {
        List<string> changes = [];
        void Compare(string name, string before, string after)
        {
            if (before != after) changes.Add($"{name} {before} -> {after}");
        }

        Compare("loss", old.Loss ?? "not told", now.Loss ?? "not told");
        Compare("outputs", Line($"{old.OutputCount}"), Line($"{now.OutputCount}"));
        Compare("classes", Classes(old), Classes(now));
        Compare("scale", Line($"{old.Scale:R}"), Line($"{now.Scale:R}"));
        Compare("bias", Bias(old), Bias(now));
        Compare("trees", old.Symmetric is null ? "non-symmetric" : "symmetric", now.Symmetric is null ? "non-symmetric" : "symmetric");
        return changes;
    }

    private static List<string> Parameters(ModelDescription old, ModelDescription now)
    {
        Dictionary<string, string> before = new(old.Parameters, StringComparer.Ordinal), after = new(now.Parameters, StringComparer.Ordinal);
        return [.. before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(name => !AreSame(before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            .Select(name => $"{name} {before.GetValueOrDefault(name, "not given")} -> {after.GetValueOrDefault(name, "not given")}")];
    }

    /// <summary>JSON models write 0.3 as 0.29999999999999999.</summary>
    private static bool AreSame(string? before, string? after) => before == after
        || (double.TryParse(before, CultureInfo.InvariantCulture, out double one)
            && double.TryParse(after, CultureInfo.InvariantCulture, out double other) && one.Equals(other));

    private static List<string> Features(ModelDescription old, ModelDescription now)
    {
        ILookup<string, FeatureSummary> before = old.Features.ToLookup(feature => feature.Name, StringComparer.Ordinal);
        ILookup<string, FeatureSummary> after = now.Features.ToLookup(feature => feature.Name, StringComparer.Ordinal);
        return [.. old.Features.Concat(now.Features).Select(feature => feature.Name).Distinct(StringComparer.Ordinal)
            .Select(name => (Name: name, Change: Change(before[name].FirstOrDefault(), after[name].FirstOrDefault())))
            .Where(feature => feature.Change.Length > 0).Select(feature => $"{feature.Name}: {feature.Change}")];
    }

    private static string Change(FeatureSummary? before, FeatureSummary? after)
    {
        if (before is null) return "new";
        if (after is null) return "gone";
        static string Told(string before, string after) => before == after ? "" : $"{before} -> {after}";
        string[] changes =
        [
            Told(before.Kind.ToString().ToLowerInvariant(), after.Kind.ToString().ToLowerInvariant()),
            Told(Line($"column {before.Position}"), Line($"column {after.Position}")),
            Told(before.IsUsed ? "used" : "not used", after.IsUsed ? "used" : "not used"),
            Told(Line($"{before.Thresholds} thresholds"), Line($"{after.Thresholds} thresholds")),
            Told(Line($"{before.Ctrs} ctrs"), Line($"{after.Ctrs} ctrs")),
            Told(before.MissingIsLargest ? "missing is largest" : "missing is smallest",
                after.MissingIsLargest ? "missing is largest" : "missing is smallest"),
        ];
        return string.Join(", ", changes.Where(change => change.Length > 0));
    }

    private static List<string> Trees(CatBoostModel old, CatBoostModel now, out int equal, out int alike)
    {
        List<string> changes = [];
        (TreeContent Before, TreeContent After)[] pairs = [.. TreeContent.Of(old).Zip(TreeContent.Of(now))];
        equal = pairs.TakeWhile(pair => pair.Before.AsksAs(pair.After) && pair.Before.Distance(pair.After) == 0).Count();
        alike = pairs.TakeWhile(pair => pair.Before.AsksAs(pair.After)).Count();
        for (int tree = 0; tree < pairs.Length; tree++)
        {
            (TreeContent before, TreeContent after) = pairs[tree];
            if (before.AsksAs(after))
            {
                if (before.Distance(after) is not 0 and var distance)
                    changes.Add(distance is { } apart ? Line($"{tree}: leaves differ by up to {apart:0.###E+0}") : Line($"{tree}: other leaves"));
                continue;
            }

            int place = before.Questions.Zip(after.Questions).TakeWhile(asked => asked.First == asked.Second).Count();
            changes.Add(Line($"{tree}: {Asked(before, place)} -> {Asked(after, place)}"));
        }

        if (old.TreeCount != now.TreeCount) changes.Add(Line($"{pairs.Length} and more: only one of the models has them"));
        return changes;
    }

    private static string Asked(TreeContent tree, int place) => place < tree.Questions.Length && tree.Questions[place].Length > 0
        ? tree.Questions[place] : "a leaf";

    private static string Classes(CatBoostModel model) => model.Describe().Labels is { } labels ? string.Join(", ", labels.Texts) : "none";

    private static string Bias(CatBoostModel model) => string.Join(", ", model.Bias.Select(bias => Line($"{bias:R}")));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
