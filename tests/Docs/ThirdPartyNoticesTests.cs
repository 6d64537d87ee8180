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

    private static readonly Dictionary<string, string> Packages = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
        .Descendants("PackageVersion")
            .ToDictionary(package => (string)package.Attribute("Include")!, package => (string)package.Attribute("Version")!);

    [Fact]
    public void Notices_NameThePackagesThatThereAre() => Licences.Keys.ShouldBe(Packages.Keys, ignoreOrder: true);

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
            XElement? licence = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").ShouldHaveSingleItem()).Descendants()
                .FirstOrDefault(element => element.Name.LocalName == "license" && (string?)element.Attribute("type") == "expression");
            Licences[package].ShouldBe(licence?.Value, package);
            seen++;
        }

        seen.ShouldBeGreaterThan(5);
    }

    [GeneratedRegex(@"^\| (?<package>[\w.]+\.?\w*) \| (?<licence>[A-Z][\w.-]+) \| .+ \|$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
