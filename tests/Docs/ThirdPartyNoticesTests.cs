using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Docs;

/// <summary>THIRD-PARTY-NOTICES.md names every package, with the licence that the package itself declares.</summary>
public sealed partial class ThirdPartyNoticesTests
{
    private static readonly Dictionary<string, string> Licences = Row()
        .Matches(File.ReadAllText(Path.Combine(Repository.Root, "THIRD-PARTY-NOTICES.md")))
        .ToDictionary(match => match.Groups["package"].Value, match => match.Groups["licence"].Value);

    /// <summary>What the build names, and what lies beneath it in the programs that are published, with the versions taken.</summary>
    private static readonly Dictionary<string, string> Packages = XDocument
        .Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
        .Select(package => (Name: (string)package.Attribute("Include")!, Version: (string)package.Attribute("Version")!))
        .Concat(Programs.SelectMany(Locked))
        .GroupBy(package => package.Name).ToDictionary(same => same.Key, same => same.First().Version);

    private static string[] Programs => ["SparkJobs", "ModelRunner", "DataGen", "Dispatcher"];

    [Fact]
    public void Notices_NameThePackagesThatThereAre() => Licences.Keys.ShouldBe(Packages.Keys, ignoreOrder: true);

    [Fact]
    public void Notices_OfPublishedPrograms_StandAboveWhatOnlyBuilds()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "THIRD-PARTY-NOTICES.md"));
        string published = page[..page.IndexOf("## Only to build and test", StringComparison.Ordinal)];
        string[] onlyToBuild = ["Meziantou.Analyzer", "Microsoft.CodeAnalysis.BannedApiAnalyzers", "Microsoft.NET.ILLink.Tasks"];

        Programs.SelectMany(Locked).Select(package => package.Name).Distinct().Except(onlyToBuild)
            .Where(name => !published.Contains($"| {name} |", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Notices_EveryLicence_IsThePackagesOwn()
    {
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        int seen = 0;
        foreach ((string package, string version) in Packages)
        {
            string folder = Path.Combine(cache, package.ToLowerInvariant(), version);
            if (!Directory.Exists(folder)) continue; // of a suite that is not built here
            Licences[package].ShouldBe(Declared(folder), package);
            seen++;
        }

        seen.ShouldBeGreaterThan(5);
    }

    /// <summary>What the package declares: an expression, or a file whose first line names the licence.</summary>
    private static string? Declared(string folder)
    {
        XElement? licence = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").ShouldHaveSingleItem()).Descendants()
            .FirstOrDefault(element => element.Name.LocalName == "license");
        if ((string?)licence?.Attribute("type") != "file") return licence?.Value;
        return File.ReadLines(Path.Combine(folder, licence!.Value)).First().Contains("MIT License", StringComparison.Ordinal) ? "MIT" : null;
    }

    private static IEnumerable<(string Name, string Version)> Locked(string program)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, program, "packages.lock.json")));
        return
        [
            .. file.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject())
                .Where(package => package.Value.GetProperty("type").GetString() != "Project")
                .Select(package => (package.Name, package.Value.GetProperty("resolved").GetString()!)),
        ];
    }

    [GeneratedRegex(@"^\| (?<package>[\w.]+\.?\w*) \| (?<licence>[A-Z][\w.-]+) \| .+ \|$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
