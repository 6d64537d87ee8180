using System.Reflection;
using BatchScoring.Core;

namespace BatchScoring.Tests.Docs;

/// <summary>Every class of ours that defines error codes, found by what it holds: nobody can forget to list one.</summary>
internal static class ErrorCatalogues
{
    public static IReadOnlyList<Type> All { get; } =
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(IsOurs).Select(Assembly.LoadFrom)
            .SelectMany(assembly => assembly.GetTypes()).Where(type => CodesOf(type).Any()),
    ];

    /// <summary>The codes that a class defines, in the order of its source.</summary>
    public static IEnumerable<ErrorCode> CodesOf(Type type) => type
        .GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(property => property.PropertyType == typeof(ErrorCode))
        .OrderBy(property => property.MetadataToken).Select(property => (ErrorCode)property.GetValue(null)!);

    /// <summary>Whether a source file may spell codes: a catalogue, or the list of a library that knows nothing of ours.</summary>
    public static bool IsCatalogue(string file) => Path.GetFileNameWithoutExtension(file) is { } name
        && (All.Any(type => type.Name == name) || name is "ModelErrorCodes" or "SparkCodes" or "DefectCodes" or "DuckDbLibraryException"
            || file.Contains("/libs/Statistics/", StringComparison.Ordinal));

    private static bool IsOurs(string file) => Path.GetFileName(file) is { } name && !name.Contains("Tests", StringComparison.Ordinal)
        && (name.StartsWith("BatchScoring.", StringComparison.Ordinal) || name is "batch-score.dll" or "model-runner.dll" or "datagen.dll" or "dispatcher.dll");
}
