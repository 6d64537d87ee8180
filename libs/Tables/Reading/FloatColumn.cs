using System.Numerics;
using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>A number that comes as FLOAT: only its NULLs are filled in.</summary>
internal sealed unsafe class FloatColumn(string name, int place) : ColumnLoader(name, place)
{
    public override void Load(DuckVector source, ColumnBlock block, List<CellDefect> defects)
    {
        float* values = source.Pointer<float>();
        FillNulls(values, source.Validity);
        block.SetNumbers(Place, values);
    }

    /// <summary>Writes NaN where the bit is 0; rows behind the last one may be written too.</summary>
    public static void FillNulls(float* values, ReadOnlySpan<ulong> validity)
    {
        for (int word = 0; word < validity.Length; word++)
        {
            for (ulong nulls = ~validity[word]; nulls != 0; nulls &= nulls - 1)
                values[(word * 64) + BitOperations.TrailingZeroCount(nulls)] = float.NaN;
        }
    }
}
