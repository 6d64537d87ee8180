using System.Text.RegularExpressions;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.House;

/// <summary>What every source file keeps to, beyond what analyzers check in the build.</summary>
public sealed partial class SourceFileTests
{
    private const int MaxLines = 400;

    [Fact]
    public void Files_StayShortEnoughToReadAtOnce()
    {
        string[] files = SourceFiles();
        files.Length.ShouldBeGreaterThan(50);
        files.Where(f => File.ReadLines(f).Count() > MaxLines)
            .ShouldBeEmpty($"files of more than {MaxLines} lines: cut them by what they do");
    }

    [Fact]
    public void Files_LieWhereTheirNamespaceSays()
    {
        // libs/ keep one namespace per library however many folders they have; a name that starts otherwise is a file in the wrong library.
        foreach (string file in SourceFiles())
        {
            string[] parts = Path.GetRelativePath(Repository.Root, file).Split('/');
            if (parts[0] != "libs") continue;
            string? name = Namespace().Match(File.ReadAllText(file)) is { Success: true } match ? match.Groups["name"].Value : null;
            if (name is null) continue;
            (name + ".").ShouldStartWith($"BatchScoring.{parts[1]}.", customMessage: string.Join('/', parts));
        }
    }

    [Fact]
    public void Files_SayNothingOfTheMachineTheyWereWrittenOn()
    {
        string[] texts =
        [
            .. SourceFiles(),
            .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories),
            Path.Combine(Repository.Root, "README.md"),
        ];
        string forbidden = "/wo" + "rk/"; // in two pieces, or this file would be the first finding
        texts.Where(f => File.ReadAllText(f).Contains(forbidden)).ShouldBeEmpty();
    }

    private static string[] SourceFiles() =>
        [.. Directory.GetFiles(Repository.Root, "*.cs", SearchOption.AllDirectories)
            .Where(f => !Ignored().IsMatch(f[Repository.Root.Length..]))];

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();

    [GeneratedRegex("/(bin|obj|out)/", RegexOptions.ExplicitCapture)]
    private static partial Regex Ignored();
}
