using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>
/// What is a number, for SQL: <see cref="NumberText"/> decides, as everywhere. <c>number_kind(text)</c> says what a text is, as the number of
/// a <see cref="TextKind"/>; <c>number_float</c> gives its value, NULL where it is missing or no number; <c>float32(double)</c> rounds, and
/// what is too large becomes infinite.
/// </summary>
public static class NumberFunctions
{
    /// <summary>Makes the functions known to a database.</summary>
    /// <param name="connection">Any connection of it.</param>
    public static void Register(DuckConnection connection)
    {
        connection.RegisterFunction("number_kind", DuckType.Varchar, DuckType.TinyInt, (texts, results) =>
        {
            Span<sbyte> kinds = results.Column<sbyte>(0);
            for (int row = 0; row < texts.Rows; row++)
                kinds[row] = (sbyte)(texts.IsNull(row) ? TextKind.Missing : NumberText.KindOf(texts.Text(row)));
        });
        connection.RegisterFunction("number_float", DuckType.Varchar, DuckType.Float, (texts, results) =>
        {
            Span<float> values = results.Column<float>(0);
            for (int row = 0; row < texts.Rows; row++)
                if (texts.IsNull(row) || !NumberText.TryParse(texts.Text(row), out values[row]) || float.IsNaN(values[row])) results.SetNull(0, row);
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
    }
}
