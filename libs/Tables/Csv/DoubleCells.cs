using System.Runtime.CompilerServices;

namespace BatchScoring.Tables.Csv;

internal readonly unsafe struct DoubleCells : INumberCells<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryShort(byte* cell, int length, out double value) => CellNumber.TryParseShort(cell, length, out value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryLong(byte* cell, int length, out double value) => CellNumber.TryParseLong(cell, length, out value);

    public static double Of(double value) => value;
}
