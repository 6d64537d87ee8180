namespace BatchScoring.Parquet;

/// <summary>One set of inner loops.</summary>
/// <param name="Name">What forces it in <see cref="Decoders.EnvironmentVariable"/>.</param>
/// <param name="RunsHere">Whether this processor has what it needs.</param>
/// <param name="Create">Makes it.</param>
internal sealed record DecoderChoice(string Name, Func<bool> RunsHere, Func<DecodeKernels> Create);
