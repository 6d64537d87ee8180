using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Cases;

/// <summary>No case lies in tests/data/cases without a test that names it.</summary>
public sealed class CompletenessTests
{
    [Fact]
    public void Cases_All_AreNamedByATest()
    {
        string tests = string.Concat(Directory.GetFiles(System.IO.Path.Combine(Repository.Root, "tests"), "*.cs",
            SearchOption.AllDirectories).Select(File.ReadAllText));
        string[] cases = [.. Directory.GetDirectories(Repository.Data("cases")).Select(folder => System.IO.Path.GetFileName(folder)!)];

        cases.Where(id => !tests.Contains($"\"{id}\"")).ShouldBeEmpty("cases without a test");
    }
}
