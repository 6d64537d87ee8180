using BatchScoring.Core;

namespace BatchScoring.Datasets;

/// <summary>A dataset cannot be published, recovered or read. What its store says comes as <see cref="Storage.StoreException"/>.</summary>
/// <param name="code">A code of <see cref="DatasetCodes"/>; exit status and retry advice follow from it.</param>
/// <param name="message">The text for people: what failed, found, allowed, where, what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class DatasetException(string code, string message, Exception? inner = null)
    : BatchScoringException(code, DatasetCodes.Get(code).ExitCode, message, DatasetCodes.Get(code).RetryHelps, inner);
