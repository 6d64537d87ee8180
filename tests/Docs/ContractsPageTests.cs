using System.Text;
using System.Text.Json;
using BatchScoring.Core;

namespace BatchScoring.Tests.Docs;

/// <summary>docs/protocols/contracts.md is made from Core: its JSON metadata and its documentation comments.</summary>
public sealed class ContractsPageTests
{
    private static readonly XmlDocs Docs = new(typeof(Manifest).Assembly);

    [Fact]
    public void Contracts_EveryField_IsDescribed()
    {
        string[] silent =
        [
            .. Contracts.All.Where(t => Docs.Of(t).Length == 0).Select(t => t.Name),
            .. Contracts.All.Where(t => !t.IsEnum).SelectMany(t => Contracts.FieldsOf(t)
                .Where(f => Docs.Of(f.Owner, f.Member).Length == 0).Select(f => $"{t.Name}.{f.Member}")),
            .. Contracts.All.Where(t => t.IsEnum).SelectMany(t => Contracts.ValuesOf(t)
                .Where(v => Docs.Of(t, v.Member).Length == 0).Select(v => $"{t.Name}.{v.Member}")),
        ];
        silent.ShouldBeEmpty();
    }

    [Fact]
    public void ContractsPage_SaysWhatCoreSays()
    {
        var page = new StringBuilder("""
            # Contracts: the JSON that parts of the product hand to each other

            One JSON object each; UTF-8; snake_case names. Times are ISO 8601 in UTC; keys are relative to the root, with forward slashes; SHA-256 is lower-case hex. A field that is null is left out; readers pass over fields that they do not know, and refuse a `format` that they do not know. This page is made from the code (`libs/Core/Contracts`); a test holds it equal.

            Lines: a runner reads one [HeaderLine](#headerline), then [TaskSpec](#taskspec)s, and answers each with a [TaskResult](#taskresult). Files: `plan.json` is a [Plan](#plan), `result.json` a [RunResult](#runresult), `record.json` a [RunRecord](#runrecord), `_manifest.json` a [Manifest](#manifest), `_retired.json` a [Retirement](#retirement).

            """);
        foreach (Type type in Contracts.All)
        {
            page.Append($"\n## {type.Name}\n{Docs.Of(type)}\n\n");
            if (type.IsEnum)
            {
                page.Append("| value | meaning |\n| --- | --- |\n");
                foreach ((string text, string member) in Contracts.ValuesOf(type))
                    page.Append($"| `{text}` | {Cell(Docs.Of(type, member))} |\n");
                continue;
            }
            page.Append("| field | type | needed | meaning |\n| --- | --- | --- | --- |\n");
            foreach (Contracts.Field field in Contracts.FieldsOf(type))
                page.Append($"| `{field.Name}` | {TypeName(field.Type)} | {(field.Required ? "yes" : "")} | " +
                    $"{Cell(Docs.Of(field.Owner, field.Member))} |\n");
        }
        Generated.ShouldBeUpToDate(page.ToString(), "docs", "protocols", "contracts.md");
    }

    private static string Cell(string text) => text.Replace("|", "\\|");

    private static string TypeName(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return TypeName(inner);
        if (Contracts.All.Contains(type)) return $"[{type.Name}](#{type.Name.ToLowerInvariant()})";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return $"list of {TypeName(type.GenericTypeArguments[0])}";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            return $"object: name to {TypeName(type.GenericTypeArguments[1])}";
        return type switch
        {
            _ when type == typeof(string) => "text",
            _ when type == typeof(int) || type == typeof(long) => "integer",
            _ when type == typeof(double) => "number",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(DateTimeOffset) => "time",
            _ when type == typeof(ContentHash) => "[content hash](content-hash.md)",
            _ when type == typeof(JsonElement) => "any JSON",
            _ => throw new InvalidOperationException($"Say on this page how {type} is written."),
        };
    }
}
