using System.Runtime.CompilerServices;

namespace BatchScoring.Tables.Csv;

internal readonly unsafe struct FloatCells : INumberCells<float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryShort(byte* cell, int length, out float value)
    {
        bool isNumber = CellNumber.TryParseShort(cell, length, out double number);
        value = (float)number;
        return isNumber;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryLong(byte* cell, int length, out float value) => CellNumber.TryParseLong(cell, length, out value);

    public static float Of(double value) => (float)value + 0f; // What becomes −0 only now is 0, too.
}
