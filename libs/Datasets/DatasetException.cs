using BatchScoring.Core;

namespace BatchScoring.Datasets;

/// <summary>A dataset cannot be published, recovered or read. What its store says comes as <see cref="Storage.StoreException"/>.</summary>
/// <param name="error">A code of <see cref="DatasetErrors"/>.</param>
/// <param name="message">The text for people: what failed, found, allowed, where, what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class DatasetException(ErrorCode error, string message, Exception? inner = null)
    : BatchScoringException(error, message, inner);
