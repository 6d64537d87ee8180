using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Cases;

/// <summary>No case lies in tests/data/cases without a test that names it, and none that was handed to us is missing there.</summary>
public sealed class CompletenessTests
{
    private static readonly string[] Folders =
        [.. Directory.GetDirectories(Repository.Data("cases")).Select(folder => System.IO.Path.GetFileName(folder)!)];

    [Fact]
    public void Cases_All_AreNamedByATest()
    {
        string tests = string.Concat(
            Directory.GetFiles(System.IO.Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
                .Select(File.ReadAllText));

        Folders.Where(id => !tests.Contains($"\"{id}\"", StringComparison.Ordinal)).ShouldBeEmpty("cases without a test");
    }

    [Fact]
    public void SharedCases_All_LieHere() =>
        File.ReadAllLines(Repository.Data("cases", "shared.txt")).Except(Folders).ShouldBeEmpty("cases that are gone");
}
