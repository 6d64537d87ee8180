using System.Globalization;

namespace BatchScoring.Core;

/// <summary>What the files of a Delta table's log are called, and how the log spells the paths of data files.</summary>
public static class DeltaNames
{
    /// <summary>The folder of the log within the table's.</summary>
    public const string Log = "_delta_log/";

    private const string EntryEnding = ".json";
    private const int Digits = 20;

    /// <summary>The name of an entry.</summary>
    /// <param name="version">The version that it makes, from 0.</param>
    public static string EntryOf(long version) => Number(version) + EntryEnding;

    /// <summary>The version that an entry makes; null for a name that is no entry's.</summary>
    /// <param name="name">A file's name within the log.</param>
    public static long? VersionOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length == Digits + EntryEnding.Length && name.EndsWith(EntryEnding, StringComparison.Ordinal)
            ? NumberOf(name.AsSpan(0, Digits))
            : null;
    }

    /// <summary>The number at the start of a file's name, by which the log counts; null where there is none.</summary>
    /// <param name="name">A file's name within the log.</param>
    public static long? NumberOf(ReadOnlySpan<char> name) =>
        name.Length >= Digits && long.TryParse(name[..Digits], NumberStyles.None, CultureInfo.InvariantCulture, out long version)
            ? version
            : null;

    /// <summary>A path as the log spells it: each step percent-encoded, but for the <c>=</c> of partitions.</summary>
    public static string Encode(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return string.Join('/',
            path.Split('/').Select(step => Uri.EscapeDataString(step).Replace("%3D", "=", StringComparison.Ordinal)));
    }

    /// <summary>A path out of the log: percent-decoded once; a plus stays one.</summary>
    public static string Decode(string path) => Uri.UnescapeDataString(path);

    private static string Number(long version) => version.ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
}
