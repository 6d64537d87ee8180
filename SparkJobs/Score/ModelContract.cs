using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Scoring;

namespace BatchScoring.SparkJobs.Score;

/// <summary>
/// A model's contract file: what values its features may take. <c>{"features": [{"feature": "AGE", "minimum": 18, "maximum": 100},
/// {"feature": "SEX", "categories": ["1", "2"]}]}</c>.
/// </summary>
internal sealed record ModelContract(IReadOnlyList<FeatureRule> Features)
{
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

        string[] unknown = [.. contract.Features.Select(rule => rule.Feature)
            .Except(model.Inputs.Select(input => input.Name), StringComparer.Ordinal)];
        return unknown.Length == 0
            ? contract
            : throw new BatchScoringException(JobErrors.ContractUnknownFeature,
                $"The contract {path} has rules for {string.Join(", ", unknown)}, which the model does not use. Correct the names or " +
                "take the rules out.");
    }
}
