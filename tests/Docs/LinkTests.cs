using System.Text.RegularExpressions;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Docs;

/// <summary>What the documents point to is there.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Documents() =>
        [.. Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "out" or "bank" || part.StartsWith('.')))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_ToFilesOfTheRepository_HaveATarget(string document)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, document));
        string[] missing = [.. MarkdownLink().Matches(text)
            .Select(match => match.Groups["target"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
                && !target.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, target)))];
        missing.ShouldBeEmpty($"{document} points to what is not there");
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Scripts_NamedInADocument_AreThereAndExplainThemselves(string document)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, document));
        foreach (string? script in ScriptName().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal))
        {
            string path = Path.Combine(Repository.Root, script);
            File.Exists(path).ShouldBeTrue($"{document} names {script}");
#pragma warning disable CA1416 // The product and its tests run on Linux.
            File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue($"{script} cannot be executed");
#pragma warning restore CA1416
            File.ReadAllText(path).ShouldContain("--help", customMessage: $"{script} does not explain itself");
        }
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MarkdownLink();

    [GeneratedRegex(@"\bscripts/(?!lib\b)[a-z-]+\b(?!/)", RegexOptions.None, 1000)]
    private static partial Regex ScriptName();
}
