using System.Security.Cryptography;
using BatchScoring.Models;
using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training.Continuing;

/// <summary>
/// A snapshot as a file: a first line that tells what it is, the content, its SHA-256. It is written beside the old one and then takes its
/// place, so that there is a whole one at any moment.
/// </summary>
internal static class SnapshotFile
{
    private const int HashBytes = 32;

    private static ReadOnlySpan<byte> FirstLine => "batch-scoring training snapshot 1\n"u8;

    public static void Write(string file, Snapshot snapshot)
    {
        using MemoryStream content = new();
        content.Write(FirstLine);
        using (BinaryWriter writer = new(content, System.Text.Encoding.UTF8, leaveOpen: true)) Write(writer, snapshot);
        content.Write(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
        Try(file, unfinished =>
        {
            using (FileStream stream = new(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                content.WriteTo(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, file, overwrite: true);
        });
    }

    /// <summary>Sees before long work whether there can be such a file.</summary>
    /// <exception cref="TrainingException">It cannot.</exception>
    public static void Probe(string file) => Try(file, unfinished =>
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder {folder}.");
        if (Directory.Exists(file)) throw new IOException("It is a folder.");
        File.WriteAllBytes(unfinished, []);
        File.Delete(unfinished);
    });

    private static void Try(string file, Action<string> write)
    {
        string unfinished = file + ".new";
        try
        {
            write(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(unfinished)) File.Delete(unfinished);
            throw SnapshotErrors.Unwritable(file, e);
        }
    }

    /// <returns>Null if there is none.</returns>
    /// <exception cref="TrainingException">The file is damaged or no snapshot.</exception>
    public static Snapshot? Read(string file)
    {
        if (!File.Exists(file)) return null;
        byte[] bytes = File.ReadAllBytes(file);
        if (!bytes.AsSpan().StartsWith(FirstLine)) throw SnapshotErrors.Damaged(file, "it begins otherwise");
        if (bytes.Length < FirstLine.Length + HashBytes
            || !SHA256.HashData(bytes.AsSpan(0, bytes.Length - HashBytes)).AsSpan().SequenceEqual(bytes.AsSpan(bytes.Length - HashBytes)))
            throw SnapshotErrors.Damaged(file, $"the hash at its end is not that of its {bytes.Length} bytes");
        using BinaryReader reader = new(new MemoryStream(bytes, FirstLine.Length, bytes.Length - FirstLine.Length - HashBytes));
        return Read(reader);
    }

    private static void Write(BinaryWriter writer, Snapshot snapshot)
    {
        List(writer, snapshot.Settings, pair =>
        {
            writer.Write(pair.Key);
            writer.Write(pair.Value);
        });
        writer.Write(snapshot.Rows.Length);
        writer.Write(snapshot.Rows);
        List(writer, snapshot.Trees, tree =>
        {
            List(writer, tree.Splits, split => Write(writer, split));
            List(writer, tree.Values, writer.Write);
            List(writer, tree.Weights, writer.Write);
        });
        List(writer, snapshot.Passed, time => writer.Write(time.Ticks));
        writer.Write(snapshot.Random.High);
        writer.Write(snapshot.Random.Low);
        List(writer, snapshot.Used, used =>
        {
            writer.Write((int)used.Type);
            Write(writer, used.Projection);
        });
    }

    private static void Write(BinaryWriter writer, Split split)
    {
        writer.Write(split.Column);
        writer.Write(split.Number);
        writer.Write(split.Ctr is not null);
        if (split.Ctr is not { } ctr) return;
        Write(writer, ctr.Projection);
        writer.Write((int)ctr.Description.Type);
        writer.Write(ctr.Description.TargetBorder);
        writer.Write(ctr.Description.Prior);
        writer.Write(ctr.Description.Borders);
        writer.Write(ctr.Description.Classifier);
    }

    private static void Write(BinaryWriter writer, Projection projection)
    {
        List(writer, projection.Categories, writer.Write);
        List(writer, projection.Floats, split => Write(writer, split));
        List(writer, projection.OneHots, split => Write(writer, split));
    }

    private static void List<T>(BinaryWriter writer, IReadOnlyCollection<T> items, Action<T> write)
    {
        writer.Write(items.Count);
        foreach (T item in items) write(item);
    }

    private static Snapshot Read(BinaryReader reader)
    {
        Dictionary<string, string> settings = List(reader, () => (Name: reader.ReadString(), Value: reader.ReadString())).ToDictionary(
            pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        byte[] rows = reader.ReadBytes(reader.ReadInt32());
        TrainedTree[] trees = List(reader, () => new TrainedTree(
            List(reader, () => Split(reader)), List(reader, reader.ReadDouble), List(reader, reader.ReadDouble)));
        TimeSpan[] passed = List(reader, () => new TimeSpan(reader.ReadInt64()));
        (ulong, ulong) random = (reader.ReadUInt64(), reader.ReadUInt64());
        return new Snapshot(settings, rows, trees, passed, random, List(reader, () => ((CtrType)reader.ReadInt32(), Projection(reader))));
    }

    private static Split Split(BinaryReader reader)
    {
        (int column, int number) = (reader.ReadInt32(), reader.ReadInt32());
        return !reader.ReadBoolean() ? new Split(column, number) : new Split(column, number, new Ctr(Projection(reader), new CtrDescription(
            (CtrType)reader.ReadInt32(), reader.ReadInt32(), reader.ReadSingle(), reader.ReadInt32(), reader.ReadInt32())));
    }

    private static Projection Projection(BinaryReader reader) => new(
        List(reader, reader.ReadInt32), List(reader, () => Split(reader)), List(reader, () => Split(reader)));

    private static T[] List<T>(BinaryReader reader, Func<T> read)
    {
        var items = new T[reader.ReadInt32()];
        for (int i = 0; i < items.Length; i++) items[i] = read();
        return items;
    }
}
