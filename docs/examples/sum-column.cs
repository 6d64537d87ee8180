#:package BatchScoring.Parquet@0.1.0-*
#:property PublishAot=false
#:property AllowUnsafeBlocks=true
// Sums the first numeric column of a file with the package BatchScoring.Parquet: dotnet run sum-column.cs, beside a rows.parquet.
using BatchScoring.Parquet;

using FileByteSource source = new("rows.parquet");
ParquetFile file = ParquetFile.TryOpen(source, out Unsupported? unsupported) ?? throw new InvalidDataException($"{unsupported}");
ParquetColumn[] numbers = [.. file.Columns.Where(column => column.Kind != NumberKind.None)];
using ReadMemory memory = new(ReadMemory.DefaultCapBytes);
using RowGroupReader reader = new(file, numbers, key: null, memory);

double sum = 0;
for (int group = 0; group < file.RowGroups.Count; group++)
{
    if (reader.Load(group) is { } reason) throw new InvalidDataException($"{reason}");
    while (reader.RowsLeft > 0)
    {
        int rows = Math.Min(RowGroupReader.MaxRows, reader.RowsLeft);
        if (reader.Read(rows) is { } fault) throw new InvalidDataException($"{fault}");
        unsafe
        {
            foreach (float value in new ReadOnlySpan<float>(reader.Floats(0), rows)) if (!float.IsNaN(value)) sum += value;
        }
    }
}

Console.WriteLine(sum.ToString("R"));
