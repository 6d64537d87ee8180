using BatchScoring.Core;
using BatchScoring.Scoring;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>Options of the task kind <c>score</c>.</summary>
public sealed record ScoreWork
{
    /// <summary>The model; its file must have the hash that the pin says.</summary>
    public required ModelPin Model { get; init; }

    /// <summary>The key column: text or integers.</summary>
    public required string Key { get; init; }

    /// <summary>The input's columns in the order of its first file: which of them are the model's is one decision for all files. Empty
    /// where the model names all of its own.</summary>
    public IReadOnlyList<string> Columns { get; init => field = value ?? []; } = [];

    /// <summary>Columns of the input to hand on unchanged, in this order.</summary>
    public IReadOnlyList<string> PassThrough { get; init => field = value ?? []; } = [];

    /// <summary>The folder of the result, ending in a slash.</summary>
    public required string Folder { get; init; }

    /// <summary>Who reads the numbers; the result is the same.</summary>
    public ReaderChoice Reader { get; init; }

    /// <summary>What the model's contract allows, by feature; features without a rule, and rules without a feature, do not count.</summary>
    public IReadOnlyList<FeatureRule> Rules { get; init => field = value ?? []; } = [];
}
