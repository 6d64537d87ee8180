using System.Text.RegularExpressions;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Docs;

/// <summary>
/// What the design pages and CONTRIBUTING.md set in code style is there: types, members, files. What they invent is called Drift or Xyz.
/// </summary>
public sealed partial class DesignPageTests
{
    private static readonly HashSet<string> Words =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/out/", StringComparison.Ordinal))
            .SelectMany(path => Word().Matches(File.ReadAllText(path)).Select(match => match.Value)),
    ];

    /// <summary>Other people's.</summary>
    private static readonly string[] Foreign = ["Bindings", "DOTNET_EnableHWIntrinsic", "JavaRDD", "TProtocolException"];

    public static TheoryData<string> Pages() =>
    [
        "CONTRIBUTING.md",
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "design"), "*.md")
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Names_InCodeStyle_AreInTheTree(string page)
    {
        string[] quoted =
        [
            .. Quoted().Matches(Fences().Replace(File.ReadAllText(Path.Combine(Repository.Root, page)), ""))
                .Select(match => match.Groups["text"].Value)
                .Where(text => !text.Contains("Drift", StringComparison.Ordinal) && !text.Contains("Xyz", StringComparison.Ordinal)),
        ];

        quoted.Where(IsPath).Where(path => !Path.Exists(Path.Combine(Repository.Root, path.TrimEnd('/'))))
            .ShouldBeEmpty($"files that {page} names");
        quoted.Where(text => !text.Contains('/', StringComparison.Ordinal))
            .SelectMany(text => TypeName().Matches(text).Select(match => match.Value))
            .Except(Foreign).Where(name => !Words.Contains(name)).ShouldBeEmpty($"types and members that {page} names");
    }

    /// <summary>Begins with a folder of the repository.</summary>
    private static bool IsPath(string text) => PathName().IsMatch(text);

    [GeneratedRegex("```.*?```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fences();

    [GeneratedRegex("`(?<text>[^`\n]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(libs|SparkJobs|ModelRunner|DataGen|tests|scripts|docs|bench|eng|s3-layout)/[\w./-]+$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathName();

    [GeneratedRegex(@"\b[A-Za-z_]\w+\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    /// <summary>As types and members are written: two capitals apart, or a capital and small letters behind a dot or alone.</summary>
    [GeneratedRegex(@"\b[A-Z][a-z0-9]*[A-Z]\w*[a-z]\w*\b|(?<=\.)[A-Z][a-z]\w+|^[A-Z][a-z]\w+(?=[.(<])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeName();
}
