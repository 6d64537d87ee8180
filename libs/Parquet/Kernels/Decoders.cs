namespace BatchScoring.Parquet;

/// <summary>Chooses the fastest way to decode that this processor can run. All of them give the same bits.</summary>
public static class Decoders
{
    /// <summary>The environment variable that forces one decoder by name.</summary>
    public const string EnvironmentVariable = "BATCHSCORING_DECODER";

    /// <summary>The decoders, the fastest first.</summary>
    private static readonly DecoderChoice[] _choices =
    [
        new("vector512", () => Vector512Kernels.IsSupported, () => new Vector512Kernels()),
        new("vector256", () => Vector256Kernels.IsSupported, () => new Vector256Kernels()),
        new("reference", () => true, () => new ReferenceKernels()),
    ];

    /// <summary>The names of the decoders that this processor can run, the fastest first.</summary>
    public static IReadOnlyList<string> Available => [.. _choices.Where(choice => choice.RunsHere()).Select(choice => choice.Name)];

    /// <summary>Checks a decoder's name, before anything is read.</summary>
    /// <param name="name">One of <see cref="Available"/>; null or empty for the fastest.</param>
    /// <returns>Null, or what is wrong with the name.</returns>
    public static string? Check(string? name)
    {
        if (string.IsNullOrEmpty(name) || Available.Contains(name, StringComparer.Ordinal)) return null;
        return Array.Exists(_choices, choice => choice.Name == name)
            ? $"The decoder '{name}' needs instructions that this processor does not have. It can run: {string.Join(", ", Available)}. "
                + $"Correct or remove the environment variable {EnvironmentVariable}."
            : $"There is no decoder '{name}'. Known: {string.Join(", ", _choices.Select(choice => choice.Name))}. "
                + $"Correct or remove the environment variable {EnvironmentVariable}.";
    }

    /// <exception cref="ArgumentException">There is no such decoder, or this processor cannot run it.</exception>
    internal static DecodeKernels Create(string? name)
    {
        if (Check(name) is { } wrong) throw new ArgumentException(wrong, nameof(name));
        return _choices.First(choice => string.IsNullOrEmpty(name) ? choice.RunsHere() : choice.Name == name).Create();
    }
}
