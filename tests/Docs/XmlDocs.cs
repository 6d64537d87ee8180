using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace BatchScoring.Tests.Docs;

/// <summary>What the source's documentation comments say, as Markdown in one line.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> members;

    public XmlDocs(Assembly assembly) => members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);

    public string Of(Type type) => Summary($"T:{type.FullName}");

    /// <summary>The summary of a property or enum field; of a positional record's property, the parameter's text.</summary>
    public string Of(Type type, string member)
    {
        foreach (string kind in new[] { "P", "F" })
        {
            if (Summary($"{kind}:{type.FullName}.{member}") is { Length: > 0 } text) return text;
        }
        return members.GetValueOrDefault($"T:{type.FullName}")?.Elements("param")
            .Where(p => p.Attribute("name")!.Value == member).Select(Plain).FirstOrDefault() ?? "";
    }

    private string Summary(string id) => members.GetValueOrDefault(id)?.Element("summary") is { } summary ? Plain(summary) : "";

    private static string Plain(XElement element)
    {
        string text = string.Concat(element.Nodes().Select(node => node switch
        {
            XText words => words.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
            XElement { Name.LocalName: "paramref" } name => $"`{name.Attribute("name")!.Value}`",
            XElement other => other.Value,
            _ => "",
        }));
        return Spaces().Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
