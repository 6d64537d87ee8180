namespace BatchScoring.Tests.Testing;

/// <summary>
/// The programs as <c>scripts/publish</c> makes them, which is what can be sent to a cluster. In out/linux-x64, or where the variable
/// BATCHSCORING_PUBLISHED says.
/// </summary>
public static class PublishedProgram
{
    private static readonly string[] Files = ["batch-score", "model-runner", "libduckdb.so", "launch", "batch-scoring.tar.gz"];

    public static string Folder { get; } =
        System.Environment.GetEnvironmentVariable("BATCHSCORING_PUBLISHED") ?? Path.Combine(Repository.Root, "out", "linux-x64");

    /// <summary>batch-score, or a skipped test with the reason; in CI a failed one.</summary>
    public static BuiltProgram Require()
    {
        string? missing = Files.FirstOrDefault(file => !File.Exists(Path.Combine(Folder, file)));
        string reason = $"{missing} is not in {Folder}: run scripts/publish first.";
        if (missing is not null && System.Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(reason);
        Skip.If(missing is not null, reason);
        return BuiltProgram.At(Path.Combine(Folder, "batch-score"));
    }
}
