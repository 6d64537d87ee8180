using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Runs;
using BatchScoring.Scoring;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Score;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Contract;

/// <summary>
/// Proposes a model's contract from the table that it learned from. Reads train/, and some of its columns twice: groups can be counted when
/// their edges are known. A person looks at the file before it limits anything.
/// </summary>
internal sealed class SuggestJob(JobContext context)
{
    /// <summary>So many features are counted in groups; every task gets their edges, and a page has room for the ones that moved.</summary>
    private const int Grouped = 20;

    private static readonly JobJson _readable = new(new JsonSerializerOptions(JobJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public async Task<JobOutcome> RunAsync(string model, string output, bool overwrite, CancellationToken cancellation)
    {
        var target = LocalTarget.Of(output, context.Store);
        var file = ModelFile.Load(await context.LocalAsync(model, cancellation));
        PlannedInput input = await TrainingInputAsync(file.Model, cancellation);
        ModelContract contract = await SuggestAsync(file.Model, input, cancellation);
        byte[] content = Encoding.UTF8.GetBytes(Text(contract));
        bool written = await target.WriteAsync(temporary => File.WriteAllBytesAsync(temporary, content, cancellation), overwrite);
        var json = new JsonObject
        {
            ["output"] = target.Path,
            ["written"] = written,
            ["rows"] = input.Rows,
            ["contract"] = JsonSerializer.SerializeToNode(contract, JobJson.Default.ModelContract),
        };
        return JobOutcome.Ok(json,
        [
            written ? $"wrote {target.Path}: {Summary(contract, input.Rows)}" : $"{target.Path} holds this contract already; nothing done.",
            .. Unlimited(contract),
            "Look at its limits before they hold anything: they are what train/ had, and some room.",
        ]);
    }

    private async Task<PlannedInput> TrainingInputAsync(IModel model, CancellationToken cancellation)
    {
        PlannedInput all = await new InputPlanner(context)
            .PlanAsync(FolderLayout.Train, key: null, unsealed: false, new FolderRequest(), cancellation);
        if (all.Rows == 0)
            throw new BatchScoringException(JobErrors.TrainEmpty,
                $"{FolderLayout.Train} of this root holds no rows, so there is nothing to suggest limits from.");
        // Outcomes are no features, also of a model that takes its columns by position.
        PlannedInput input = all with { Columns = [.. all.Columns.Where(column => column.Role != ColumnRole.Label)] };
        SchemaCheck.Require(input, model, Key(input), [], FolderLayout.Train);
        return input;
    }

    private static string Key(PlannedInput input) => input.Columns.First(column => column.Role == ColumnRole.Key).Name;

    private async Task<ModelContract> SuggestAsync(IModel model, PlannedInput input, CancellationToken cancellation)
    {
        HashSet<int> top = [.. model.Describe().Features.Where(feature => feature.IsUsed)
            .OrderByDescending(feature => feature.Thresholds + feature.Ctrs).ThenBy(feature => feature.Position)
            .Take(Grouped).Select(feature => feature.Position)];
        var table = new TrainingTable(context, model, input, Key(input));
        var seen = new TrainingStatistics(model, top);
        await table.ReadAsync("look", model.Inputs, seen.Over, cancellation);
        IReadOnlyList<FeatureRule> rules = [.. seen.Rules(input.Rows), .. await table.CategoriesAsync(top, cancellation)];

        ModelInput[] grouped = [.. model.Inputs.Where(feature => feature.Encoder is null && top.Contains(feature.Position))];
        var counts = new FeatureCounts(grouped, rules);
        await table.ReadAsync("count", grouped, reader => () =>
        {
            if (!reader.Next()) return false;
            counts.Add(reader.Block);
            return true;
        }, cancellation);
        IReadOnlyDictionary<string, IReadOnlyList<long>> groups = counts.Groups();
        var places = model.Inputs.ToDictionary(feature => feature.Name, feature => feature.Position, StringComparer.Ordinal);
        return new ModelContract(
            [.. rules.Select(rule => groups.TryGetValue(rule.Feature, out IReadOnlyList<long>? counted)
                ? rule with { Training = rule.Training! with { Counts = counted } }
                : rule).OrderBy(rule => places[rule.Feature])],
            seen.Scores());
    }

    /// <summary>A feature a line, in letters: people read and correct it.</summary>
    private static string Text(ModelContract contract)
    {
        IEnumerable<string> rules = contract.Features.Select(rule => "    " + JsonSerializer.Serialize(rule, _readable.FeatureRule));
        string scores = contract.Scores is { } profile
            ? $",\n  \"scores\": {JsonSerializer.Serialize(profile, _readable.ScoreProfile)}" : "";
        return $"{{\n  \"features\": [\n{string.Join(",\n", rules)}\n  ]{scores}\n}}\n";
    }

    private static string Summary(ModelContract contract, long rows) => string.Create(CultureInfo.InvariantCulture,
        $"{contract.Features.Count:N0} features over {rows:N0} rows of {FolderLayout.Train}, "
        + $"{contract.Features.Count(rule => rule.Minimum is not null):N0} ranges, "
        + $"{contract.Features.Count(rule => rule.Categories is not null):N0} lists of categories, "
        + $"{contract.Features.Count(rule => rule.MaxMissingPercent is not null):N0} limits of missing values.");

    private static IEnumerable<string> Unlimited(ModelContract contract)
    {
        string[] free = [.. contract.Features.Where(rule => rule is { Minimum: null, Categories: null }).Select(rule => rule.Feature)];
        if (free.Length == 0) yield break;
        yield return string.Create(CultureInfo.InvariantCulture,
            $"Without a range or list: {string.Join(", ", free.Take(10))}{(free.Length > 10 ? $" and {free.Length - 10:N0} more" : "")} "
            + $"(one value, none, or too many categories).");
    }
}
