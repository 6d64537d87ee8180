using System.Globalization;
using System.Text.RegularExpressions;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Reporting;

/// <summary>WCAG 2.2: text 4.5 : 1 (SC 1.4.3), marks on charts and signs 3 : 1 (SC 1.4.11), in light, dark and print.</summary>
public sealed partial class ContrastTests
{
    private static readonly string[] Outcomes = ["ok", "warning", "held", "failed"];

    [Fact]
    public void Colours_EveryScheme_CanBeToldApart()
    {
        List<Dictionary<string, string>> schemes =
            [.. Root().Matches(File.ReadAllText(Path.Combine(Repository.Root, "libs", "Reporting", "Html", "report.css")))
            .Select(block => Colour().Matches(block.Value).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value))];
        schemes.Count.ShouldBe(3);
        foreach (Dictionary<string, string> colours in schemes)
        {
            foreach (string ground in new[] { "page", "sheet" })
            {
                foreach (string text in new[] { "ink", "muted", "link", "warning", "failed" }) AtLeast(4.5, colours, text, ground);
            }
            foreach (string outcome in Outcomes)
            {
                AtLeast(4.5, colours, outcome, outcome + "-ground");
                AtLeast(4.5, colours, "ink", outcome + "-ground");
                AtLeast(3, colours, "sheet", outcome); // the sign in its circle
            }
            foreach (string mark in new[] { "first", "second", "reference", "alarm" }) AtLeast(3, colours, mark, "sheet");
            AtLeast(3, colours, "first", "shade");
        }
    }

    private static void AtLeast(double ratio, Dictionary<string, string> colours, string a, string b) =>
        Contrast(colours[a], colours[b]).ShouldBeGreaterThanOrEqualTo(ratio, $"--{a} on --{b}");

    private static double Contrast(string a, string b)
    {
        double la = Luminance(a), lb = Luminance(b);
        return (Math.Max(la, lb) + 0.05) / (Math.Min(la, lb) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            double c = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));
    }

    [GeneratedRegex(@":root \{[^}]*\}")]
    private static partial Regex Root();

    [GeneratedRegex("--(?<name>[a-z-]+): #(?<value>[0-9a-f]{6});", RegexOptions.ExplicitCapture)]
    private static partial Regex Colour();
}
