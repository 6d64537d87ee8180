using System.Runtime.InteropServices;

namespace BatchScoring.Models;

/// <summary>A slot of a CTR table's hash index: 12 bytes, as the file has it.</summary>
/// <param name="Hash">Hash of a combination's values; <see cref="Empty"/> marks a free slot.</param>
/// <param name="Index">Row of the table's cells; meaningless in a free slot.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct CtrBucket(ulong Hash, uint Index)
{
    /// <summary>The hash that marks a free slot.</summary>
    public const ulong Empty = ulong.MaxValue;
}
