using Parquet.Schema;
using ParquetSharp;

namespace BatchScoring.Tests.Parity.Parquet;

/// <summary>A column that other libraries write, and what a model must see of it.</summary>
public abstract class JudgeColumn(string name)
{
    public string Name { get; } = name;

    public abstract int Rows { get; }

    public abstract Column ForSharp { get; }

    public abstract DataField ForNet { get; }

    public abstract uint FloatBits(int row);

    public abstract void Write(ColumnWriter writer, int first, int rows);

    public abstract Task WriteAsync(global::Parquet.ParquetRowGroupWriter writer, int first, int rows);

    public static JudgeColumn Of<T>(string name, T?[] values, Func<T, float> toFloat)
        where T : struct => new Typed<T>(name, values, toFloat);

    private sealed class Typed<T>(string name, T?[] values, Func<T, float> toFloat) : JudgeColumn(name) where T : struct
    {
        public override int Rows => values.Length;

        public override Column ForSharp => new Column<T?>(Name);

        public override DataField ForNet { get; } = new(name, typeof(T?));

        public override uint FloatBits(int row) => BitConverter.SingleToUInt32Bits(values[row] is { } value ? toFloat(value) : float.NaN);

        public override void Write(ColumnWriter writer, int first, int rows)
        {
            using LogicalColumnWriter<T?> typed = writer.LogicalWriter<T?>();
            typed.WriteBatch(values.AsSpan(first, rows));
        }

        public override Task WriteAsync(global::Parquet.ParquetRowGroupWriter writer, int first, int rows) =>
            writer.WriteAsync(ForNet, new ReadOnlyMemory<T?>(values, first, rows));
    }
}
