using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using BatchScoring.Core;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Docs;

/// <summary>The contracts as the JSON metadata of Core states them.</summary>
internal static class Contracts
{
    /// <summary>Every type of libs/Core/Contracts, one per file.</summary>
    public static IReadOnlyList<Type> All { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "libs", "Core", "Contracts"), "*.cs")
            .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)
            .Select(name => typeof(Manifest).Assembly.GetType($"BatchScoring.Core.{name}", throwOnError: true)!),
    ];

    public static IReadOnlyList<Field> FieldsOf(Type record)
    {
        JsonTypeInfo info = CoreJson.Default.GetTypeInfo(record)
            ?? throw new InvalidOperationException($"CoreJson does not know {record.Name}: nothing that it knows refers to it.");
        return [.. info.Properties.Select(p => FieldOf(record, p))];
    }

    private static Field FieldOf(Type record, JsonPropertyInfo json)
    {
        PropertyInfo property = record.GetProperties().Single(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name) == json.Name);
        ParameterInfo? positional = record.GetConstructors().SelectMany(c => c.GetParameters())
            .SingleOrDefault(p => p.Name == property.Name);
        return new Field(
            json.Name, property.DeclaringType!, property.Name, json.PropertyType,
            property.IsDefined(typeof(RequiredMemberAttribute)) || positional is { HasDefaultValue: false });
    }

    /// <summary>The values of an enum as JSON writes them, with their names in the source.</summary>
    public static IEnumerable<(string Text, string Member)> ValuesOf(Type enumeration) =>
        enumeration.GetFields().Where(f => f.IsLiteral).Select(f => (
            f.GetCustomAttributes(typeof(JsonStringEnumMemberNameAttribute), inherit: false)
                .Cast<JsonStringEnumMemberNameAttribute>().SingleOrDefault()?.Name ?? f.Name,
            f.Name));

    /// <summary>A field of a contract.</summary>
    internal sealed record Field(string Name, Type Owner, string Member, Type Type, bool Required);
}
