using BatchScoring.Models;
using BatchScoring.Training.Ctrs;

namespace BatchScoring.Training.Continuing;

/// <summary>
/// What a training that was ended goes on from. Everything else follows from the rows and the parameters, so it is made anew by adding the
/// trees again.
/// </summary>
/// <param name="Settings">All that decides trees, by name.</param>
/// <param name="Rows">Hash of what is learned from.</param>
/// <param name="Trees">Those that grew.</param>
/// <param name="Passed">Since the start, after every tree.</param>
/// <param name="Random">Where the generator is.</param>
/// <param name="Used">Numbers made of categories that cost nothing any more; also those of splits that were taken back.</param>
internal sealed record Snapshot(
    IReadOnlyDictionary<string, string> Settings, byte[] Rows, IReadOnlyList<TrainedTree> Trees, IReadOnlyList<TimeSpan> Passed,
    (ulong High, ulong Low) Random, IReadOnlyCollection<(CtrType Type, Projection Projection)> Used)
{
    /// <summary>Whether a training with these settings and rows may go on from here.</summary>
    /// <exception cref="TrainingException">It may not.</exception>
    public void Check(string file, IReadOnlyDictionary<string, string> settings, byte[] rows)
    {
        string[] different = [.. Settings.Keys.Union(settings.Keys, StringComparer.Ordinal).Where(name =>
            Settings.GetValueOrDefault(name) != settings.GetValueOrDefault(name))];
        // Where nobody gave a rate it follows from the rows and other settings, which say more.
        if (Array.Find(different, name => name != "learning_rate") is { } setting) throw Of(setting);
        if (!Rows.AsSpan().SequenceEqual(rows)) throw SnapshotErrors.Rows(file);
        if (different.Length > 0) throw Of(different[0]);

        TrainingException Of(string name) => SnapshotErrors.Setting(
            file, name, Settings.GetValueOrDefault(name, "nothing"), settings.GetValueOrDefault(name, "nothing"));
    }
}
