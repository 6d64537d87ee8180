using System.Globalization;
using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>
/// What is a number, for SQL: <see cref="NumberText"/> decides, as everywhere. <c>number_kind(text)</c> says what a text is;
/// <c>number_float</c>, <c>number_double</c> and <c>number_bigint</c> give its value, NULL where it is missing or no such number;
/// <c>float32(double)</c> rounds, and what is too large becomes infinite.
/// </summary>
public static class NumberFunctions
{
    /// <summary>Nothing, or a text that means so.</summary>
    public const int Missing = 0;

    /// <summary>A whole number as programs write it: no sign but a minus, no leading zero, 18 digits at the most.</summary>
    public const int Integer = 1;

    /// <summary>Another number.</summary>
    public const int Number = 2;

    /// <summary>Not a number.</summary>
    public const int Text = 3;

    private const int MostDigits = 18;

    /// <summary>Makes the functions known to a database.</summary>
    /// <param name="connection">Any connection of it.</param>
    public static void Register(DuckConnection connection)
    {
        connection.RegisterFunction("number_kind", DuckType.Varchar, DuckType.TinyInt, (texts, results) =>
        {
            Span<sbyte> kinds = results.Column<sbyte>(0);
            for (int row = 0; row < texts.Rows; row++) kinds[row] = (sbyte)(texts.IsNull(row) ? Missing : KindOf(texts.Text(row)));
        });
        Values("number_float", DuckType.Float, static value => (float)value + 0f);
        Values("number_double", DuckType.Double, static value => value);
        connection.RegisterFunction("number_bigint", DuckType.Varchar, DuckType.BigInt, (texts, results) =>
        {
            Span<long> values = results.Column<long>(0);
            for (int row = 0; row < texts.Rows; row++)
            {
                ReadOnlySpan<byte> text = texts.Text(row);
                if (!IsInteger(text) || !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out values[row]))
                    results.SetNull(0, row);
            }
        });
        connection.RegisterFunction("float32", DuckType.Double, DuckType.Float, (numbers, results) =>
        {
            Span<float> values = results.Column<float>(0);
            ReadOnlySpan<double> from = numbers.Values<double>();
            for (int row = 0; row < from.Length; row++) values[row] = (float)from[row];
            if (numbers.Validity.IsEmpty) return;
            for (int row = 0; row < from.Length; row++)
                if (numbers.IsNull(row)) results.SetNull(0, row);
        });

        void Values<T>(string name, DuckType type, Func<double, T> convert) where T : unmanaged =>
            connection.RegisterFunction(name, DuckType.Varchar, type, (texts, results) =>
            {
                Span<T> values = results.Column<T>(0);
                for (int row = 0; row < texts.Rows; row++)
                {
                    if (!texts.IsNull(row) && NumberText.TryParse(texts.Text(row), out double value) && !double.IsNaN(value))
                        values[row] = convert(value);
                    else results.SetNull(0, row);
                }
            });
    }

    private static int KindOf(ReadOnlySpan<byte> text)
    {
        if (IsInteger(text)) return Integer;
        if (!NumberText.TryParse(text, out double value)) return Text;
        return double.IsNaN(value) ? Missing : Number;
    }

    private static bool IsInteger(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> digits = text.Length > 1 && text[0] == '-' ? text[1..] : text;
        if (digits.Length is 0 or > MostDigits || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        return digits[0] != '0' || text.Length == 1;
    }
}
