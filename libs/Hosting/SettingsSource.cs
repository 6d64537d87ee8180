using System.Globalization;
using BatchScoring.Core;

namespace BatchScoring.Hosting;

/// <summary>
/// Looks a setting up by its one name: <c>s3_endpoint</c> in the settings file is <c>BATCHSCORING_S3_ENDPOINT</c> in the environment. A
/// target that the command line names is as good as what else stands there; otherwise the environment wins over the file.
/// </summary>
public sealed class SettingsSource
{
    private const string Prefix = "BATCHSCORING_";

    private readonly List<Func<string, (string Text, string Where)?>> _places = [];

    private SettingsSource()
    {
    }

    /// <summary>Reads the file and finds the target.</summary>
    /// <param name="path">The settings file; it need not be there.</param>
    /// <param name="known">Names of the settings that there are.</param>
    /// <param name="target">The target that the command line names; null: the one of the environment or of the file, if any.</param>
    /// <param name="environment">Reads variables.</param>
    /// <exception cref="BatchScoringException"><c>CONFIGURATION_UNREADABLE</c>, <c>CONFIGURATION_UNKNOWN</c>: a setting or a
    /// target.</exception>
    public static SettingsSource Load(string path, IReadOnlyCollection<string> known, string? target, Func<string, string?> environment)
    {
        var file = SettingsFile.Read(path, known);
        var source = new SettingsSource();
        if (target is not null) source.Add(file, target, "--target");
        source._places.Add(name =>
            environment(Prefix + name.ToUpperInvariant()) is { Length: > 0 } value ? (value, Prefix + name.ToUpperInvariant()) : null);
        if (target is null && environment(Prefix + "TARGET") is { Length: > 0 } ofEnvironment)
            source.Add(file, ofEnvironment, Prefix + "TARGET");
        else if (target is null && file.Values.TryGetValue("target", out string? ofFile))
            source.Add(file, ofFile, $"target in {file.Name}");
        source._places.Add(name => file.Values.TryGetValue(name, out string? text) ? (text, $"{name} in {file.Name}") : null);
        return source;
    }

    /// <summary>The setting's text and where it stands, or null.</summary>
    /// <param name="name">The setting.</param>
    public (string Text, string Where)? Find(string name) =>
        _places.Select(place => place(name)).FirstOrDefault(found => found is not null);

    /// <summary>A whole number, or null.</summary>
    /// <param name="name">The setting.</param>
    /// <exception cref="BatchScoringException"><c>CONFIGURATION_INVALID</c>.</exception>
    public int? Integer(string name) => Find(name) is not { } found
        ? null
        : int.TryParse(found.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Invalid(found, "a whole number");

    /// <summary>True or false, or null.</summary>
    /// <param name="name">The setting.</param>
    /// <exception cref="BatchScoringException"><c>CONFIGURATION_INVALID</c>.</exception>
    public bool? Boolean(string name) => Find(name) is not { } found
        ? null
        : bool.TryParse(found.Text, out bool value) ? value : throw Invalid(found, "true or false");

    private void Add(SettingsFile file, string target, string where)
    {
        if (!file.Targets.TryGetValue(target, out IReadOnlyDictionary<string, string>? values))
        {
            throw new BatchScoringException(HostErrors.ConfigurationUnknown, file.Targets.Count == 0
                ? $"{where} names the target '{target}', and {file.Path} has no targets. Write them there, or leave it out."
                : $"{where} names the target '{target}', which {file.Path} does not have.{Similar.Hint(target, file.Targets.Keys)} It " +
                $"has: {string.Join(", ", file.Targets.Keys)}.");
        }

        _places.Add(name => values.TryGetValue(name, out string? text) ? (text, $"{name} in {file.Name}, target {target}") : null);
    }

    private static BatchScoringException Invalid((string Text, string Where) found, string allowed) =>
        new(HostErrors.ConfigurationInvalid, $"{found.Where} is '{found.Text}'; it must be {allowed}.");
}
