using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Cases;

/// <summary>
/// A copy of a folder of tests/data/cases: input that once was answered wrong. Commands run in the copy, as the case's README tells, with
/// the root <c>./root</c> of its own.
/// </summary>
internal sealed class CaseFolder : IDisposable
{
    private readonly TemporaryFolder _copy = new();

    public CaseFolder(string id)
    {
        string from = Repository.Data("cases", id);
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string to = _copy.File(System.IO.Path.GetRelativePath(from, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(to)!);
            System.IO.File.Copy(file, to);
        }
    }

    public string File(params string[] parts) => _copy.File(parts);

    /// <summary>Runs batch-score in the copy.</summary>
    public ProgramResult Run(params string[] arguments) => RunWith(new Dictionary<string, string>(), arguments);

    /// <summary>Runs batch-score in the copy with further environment variables.</summary>
    public ProgramResult RunWith(IReadOnlyDictionary<string, string> environment, params string[] arguments) => BuiltProgram.BatchScore.Run(
        _copy.Path, new Dictionary<string, string>(
            environment)
        { ["BATCHSCORING_ROOT"] = environment.GetValueOrDefault("BATCHSCORING_ROOT", _copy.File("root")) },
        arguments);

    public void Dispose() => _copy.Dispose();
}
