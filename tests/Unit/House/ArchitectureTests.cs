using System.Text.RegularExpressions;
using System.Xml.Linq;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.House;

/// <summary>docs/design/architecture.md says which project may reference which; the project files may not say more.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "design", "architecture.md"));

    [Fact]
    public void Libs_ReferenceOnlyWhatTheTableAllows()
    {
        Dictionary<string, string[]> allowed = Table("libs/, each may reference only");
        string[] libs = [.. Projects("libs").Select(Name)];
        libs.ShouldNotBeEmpty();
        libs.ShouldBeSubsetOf(allowed.Keys);
        foreach (string project in Projects("libs")) References(project).ShouldBeSubsetOf(allowed[Name(project)], Name(project));
    }

    [Fact]
    public void LibsTable_PointsInwardsOnly()
    {
        Dictionary<string, string[]> allowed = Table("libs/, each may reference only");
        List<string> placed = [];
        foreach ((string lib, string[] references) in allowed)
        {
            references.ShouldBeSubsetOf(allowed.Keys, lib);
            references.ShouldNotContain(lib);
        }
        while (placed.Count < allowed.Count)
        {
            string[] next = [.. allowed.Keys.Except(placed).Where(lib => allowed[lib].All(placed.Contains))];
            next.ShouldNotBeEmpty($"a circle among {string.Join(", ", allowed.Keys.Except(placed))}");
            placed.AddRange(next);
        }
        allowed["Core"].ShouldBeEmpty();
    }

    [Fact]
    public void Apps_ReferenceOnlyLibsThatTheTableAllows()
    {
        Dictionary<string, string[]> allowed = Table("The apps compose libs");
        string[] libs = [.. Table("libs/, each may reference only").Keys];
        string[] apps =
        [
            .. Directory.GetDirectories(Repository.Root).SelectMany(d => Directory.GetFiles(d, "*.csproj")),
        ];
        apps.Length.ShouldBeGreaterThanOrEqualTo(3);
        apps.Select(Name).ShouldBeSubsetOf(allowed.Keys);
        foreach (string app in apps)
        {
            References(app).ShouldBeSubsetOf(allowed[Name(app)] is ["all"] ? libs : allowed[Name(app)], Name(app));
        }
    }

    [Fact]
    public void Projects_All_AreInTheSolution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "BatchScoring.sln")).Replace('\\', '/');
        foreach (string project in AllProjects()) solution.ShouldContain(Path.GetRelativePath(Repository.Root, project));
    }

    [Fact]
    public void Packages_WithAHomeOfTheirOwn_AreReferencedOnlyThere()
    {
        Dictionary<string, string> homes = new(StringComparer.Ordinal) { ["AWSSDK.S3"] = "Storage", ["SkiaSharp"] = "Reporting" };
        foreach ((string package, string home) in homes)
        {
            AllProjects().Where(p => !p.Contains("/tests/") && Packages(p).Contains(package)).Select(Name).ShouldBe([home]);
        }
    }

    /// <summary>The block of lines <c>Name … → A, B</c> after a heading text; "nothing of ours" is none.</summary>
    private static Dictionary<string, string[]> Table(string after)
    {
        string block = Page[Page.IndexOf(after, StringComparison.Ordinal)..].Split("```")[1];
        return Line().Matches(block).ToDictionary(
            m => m.Groups["name"].Value,
            m => m.Groups["may"].Value switch
            {
                "nothing of ours" => [],
                "all of libs/" => ["all"],
                var names => names.Split(',', StringSplitOptions.TrimEntries),
            });
    }

    private static string[] Projects(string folder) =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, folder)).SelectMany(d => Directory.GetFiles(d, "*.csproj"))];

    private static string[] AllProjects() =>
        [.. Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(p => !Ignored().IsMatch(p[Repository.Root.Length..]))];

    private static IEnumerable<string> References(string project) => Includes(project, "ProjectReference").Select(Name);

    private static IEnumerable<string> Packages(string project) => Includes(project, "PackageReference");

    private static IEnumerable<string> Includes(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(r => r.Attribute("Include")!.Value);

    private static string Name(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/'));

    [GeneratedRegex(@"^(?<name>\w+) .*→ (?<may>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Line();

    [GeneratedRegex("/(bin|obj|out)/", RegexOptions.ExplicitCapture)]
    private static partial Regex Ignored();
}
