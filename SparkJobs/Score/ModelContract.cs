using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Scoring;

namespace BatchScoring.SparkJobs.Score;

/// <summary>
/// A model's contract file: what values its features may take. <c>{"features": [{"feature": "AGE", "minimum": 18, "maximum": 100},
/// {"feature": "SEX", "categories": ["1", "2"]}]}</c>.
/// </summary>
/// <param name="Features">The rules.</param>
/// <param name="Scores">How the model scored its training table; null where nobody counted.</param>
internal sealed record ModelContract(IReadOnlyList<FeatureRule> Features, ScoreProfile? Scores = null)
{
    /// <summary>The rules as tasks need them: what limits rows, and groups to count in. Every task gets them.</summary>
    public IReadOnlyList<FeatureRule> TaskRules =>
    [
        .. Features.Select(rule => rule with
        {
            MaxMissingPercent = null,
            Training = rule.Training is { HasGroups: true } groups ? groups : null,
        }),
    ];

    /// <summary>The contract that a run went by; null when it had none, or one of another form.</summary>
    public static ModelContract? Of(Plan plan)
    {
        try
        {
            return plan.Options.ValueKind == JsonValueKind.Object && plan.Options.TryGetProperty("contract", out JsonElement contract)
                ? contract.Deserialize(JobJson.Default.ModelContract)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static ModelContract Read(string path, IModel model)
    {
        if (!File.Exists(path))
            throw new BatchScoringException(JobErrors.ContractNotFound, $"There is no contract file {Path.GetFullPath(path)}.");
        ModelContract contract;
        try
        {
            contract = JsonSerializer.Deserialize(File.ReadAllBytes(path), JobJson.Default.ModelContract)
                ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new BatchScoringException(JobErrors.ContractUnreadable,
                $"The contract {path} cannot be read: {e.Message} It must look like " +
                $"{{\"features\": [{{\"feature\": \"AGE\", \"minimum\": 18, \"maximum\": 100}}]}}.", inner: e);
        }

        string?[] problems =
        [
            .. contract.Features.Select(rule => rule.Problem()),
            .. contract.Features.CountBy(rule => rule.Feature, StringComparer.Ordinal).Where(name => name.Value > 1)
                .Select(name => $"it has {name.Value} rules for '{name.Key}'"),
            contract.Scores?.Problem(),
        ];
        if (problems.OfType<string>().FirstOrDefault() is { } problem)
        {
            throw new BatchScoringException(ScoringErrors.ContractInvalid,
                $"The contract {path} cannot be used: {problem}. Correct it, or have it made again by batch-score contract suggest.");
        }

        string[] unknown = [.. contract.Features.Select(rule => rule.Feature)
            .Except(model.Inputs.Select(input => input.Name), StringComparer.Ordinal)];
        return unknown.Length == 0
            ? contract
            : throw new BatchScoringException(JobErrors.ContractUnknownFeature,
                $"The contract {path} has rules for {string.Join(", ", unknown)}, which the model does not use. Correct the names or " +
                "take the rules out.");
    }
}
