using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Docs;

/// <summary>
/// Files that are made from code. <c>UPDATE_DOCS=1 dotnet test tests/Docs</c> writes them; look at the difference, then commit.
/// </summary>
internal static class Generated
{
    public static void ShouldBeUpToDate(string expected, params string[] path)
    {
        string file = Path.Combine([Repository.Root, .. path]);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") File.WriteAllText(file, expected);
        string found = File.Exists(file) ? File.ReadAllText(file) : "";
        found.ShouldBe(expected,
            $"{string.Join('/', path)} no longer says what the code says. Run UPDATE_DOCS=1 dotnet test tests/Docs, and look at the " +
            "difference.");
    }
}
