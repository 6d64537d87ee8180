using System.Text.RegularExpressions;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Docs;

/// <summary>docs/user/configuration.md names every variable that a source reads.</summary>
public sealed partial class ConfigurationPageTests
{
    [Fact]
    public void Page_EveryVariableOfTheSources_IsOnIt()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "user", "configuration.md"));
        string[] variables =
        [
            .. new[] { "libs", "SparkJobs", "ModelRunner", "DataGen" }
                .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
                .Where(file => !file.Contains("/obj/") && !file.Contains("/bin/"))
                    .Append(Path.Combine(Repository.Root, "scripts", "lib", "launch"))
                .SelectMany(file => Variable().Matches(File.ReadAllText(file))).Select(match => match.Value).Distinct(),
        ];

        variables.Length.ShouldBeGreaterThan(8);
        variables.Where(variable => !page.Contains($"`{variable}`")).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\bBATCHSCORING_[A-Z0-9_]*[A-Z0-9]\b")]
    private static partial Regex Variable();
}
