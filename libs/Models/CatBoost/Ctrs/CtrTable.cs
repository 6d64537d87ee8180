using System.Collections.Immutable;

namespace BatchScoring.Models;

/// <summary>What the training rows of each category (or combination) looked like. Immutable.</summary>
public sealed class CtrTable
{
    /// <summary>What the table is about.</summary>
    public required CtrKey Key { get; init; }

    /// <summary>
    /// Open hash table with linear probing: a power of two of slots, at least one free; the home slot of hash <c>h</c> is
    /// <c>h &amp; (count - 1)</c>.
    /// </summary>
    public required ImmutableArray<CtrBucket> Buckets { get; init; }

    /// <summary>
    /// The counts, row by row, <see cref="RowLength"/> cells each: counts per target class (Borders, Buckets), the sum's float bits and the
    /// count (mean values), or the count alone (Counter, FeatureFreq).
    /// </summary>
    public required ImmutableArray<int> Cells { get; init; }

    /// <summary>What Counter and FeatureFreq divide by.</summary>
    public int CounterDenominator { get; init; }

    /// <summary>Counts per row of Borders and Buckets.</summary>
    public int TargetClassCount { get; init; }

    /// <summary>Cells per row.</summary>
    public int RowLength => Key.Type switch
    {
        CtrType.Borders or CtrType.Buckets => TargetClassCount,
        CtrType.BinarizedTargetMeanValue or CtrType.FloatTargetMeanValue => 2,
        _ => 1,
    };

    /// <summary>Looks a combination's hash up.</summary>
    /// <returns>The row, or -1 if no training row had this combination.</returns>
    public int Find(ulong hash)
    {
        uint mask = (uint)Buckets.Length - 1;
        for (uint slot = (uint)hash & mask; ; slot = (slot + 1) & mask)
        {
            CtrBucket bucket = Buckets[(int)slot];
            if (bucket.Hash == CtrBucket.Empty) return -1;
            if (bucket.Hash == hash) return (int)bucket.Index;
        }
    }
}
