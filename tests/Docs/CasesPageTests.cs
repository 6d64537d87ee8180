using System.Text.RegularExpressions;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Docs;

/// <summary>tests/data/cases/README.md says which test tries which kind of input: the tests are there, and no case is left out.</summary>
public sealed partial class CasesPageTests
{
    private static readonly string[][] Rows =
    [
        .. File.ReadLines(Repository.Data("cases", "README.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells[1] is not ("kind" or "---")),
    ];

    private static readonly Dictionary<string, string> Sources = Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
        .GroupBy(path => Path.GetFileName(path).Split('.')[0], File.ReadAllText).ToDictionary(group => group.Key, string.Concat);

    [Fact]
    public void Tests_NamedInTheTable_AreThere()
    {
        Rows.Length.ShouldBeGreaterThan(40);
        string[] named = [.. Rows.SelectMany(cells => Name().Matches(cells[3]).Select(match => match.Groups["name"].Value))];

        named.Where(name => !IsThere(name)).ShouldBeEmpty("tests that the table names and nobody has written");
    }

    [Fact]
    public void Kinds_All_NameATestAndFurtherInputs() =>
        Rows.Where(cells => !Name().IsMatch(cells[3]) || cells[4].Length == 0).Select(cells => cells[1]).ShouldBeEmpty();

    [Fact]
    public void Cases_All_StandInTheTable() =>
        Directory.GetDirectories(Repository.Data("cases")).Select(folder => Path.GetFileName(folder)!).ShouldBe(
            Rows.SelectMany(cells => cells[2].Split(' ')), ignoreOrder: true);

    /// <summary>A class, or a class with one of its methods.</summary>
    private static bool IsThere(string name)
    {
        string[] parts = name.Split('.');
        return Sources.TryGetValue(parts[0], out string? source)
            && (parts.Length == 1 || Regex.IsMatch(source, $@"\b(void|Task) {parts[1]}\(", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
