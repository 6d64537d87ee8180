using System.Buffers.Binary;
using System.Text.Unicode;

namespace BatchScoring.Parquet;

/// <summary>Looks through a column chunk of texts for the first that is not UTF-8.</summary>
internal sealed unsafe class TextCheck(ReadMemory memory, DecodeKernels kernels) : IPageValues
{
    private readonly Dictionary<uint, byte[]> _wrongWords = [];
    private long _values;

    /// <summary>Its place among the chunk's values, missing ones not counted; null where all are UTF-8.</summary>
    public long? Place { get; private set; }

    /// <summary>Its bytes.</summary>
    public byte[] Text { get; private set; } = [];

    public void Open(ColumnPages pages, bool isKey)
    {
        _wrongWords.Clear();
        (_values, Place, Text) = (0, null, []);
    }

    public void RequireReadable(int encoding)
    {
        if (encoding is not (Encodings.Plain or Encodings.RleDictionary or Encodings.PlainDictionary))
            ThrowUnsupported.Encoding(encoding, ParquetType.ByteArray);
    }

    public bool Stays(int encoding) => false;

    public void LoadDictionary(byte* page, long length, int values)
    {
        var words = new ReadOnlySpan<byte>(page, checked((int)length));
        for (uint word = 0; word < values; word++)
            if (!IsText(ref words, out ReadOnlySpan<byte> bytes)) _wrongWords[word] = bytes.ToArray();
    }

    public void Load(byte* page, long length, int encoding, int count)
    {
        if (Place is not null) return;
        if (encoding == Encodings.Plain)
        {
            var values = new ReadOnlySpan<byte>(page, checked((int)length));
            for (int i = 0; i < count && Place is null; i++)
                if (!IsText(ref values, out ReadOnlySpan<byte> bytes)) Found(_values + i, bytes.ToArray());
        }
        else LookUp(page, length, count);

        _values += count;
    }

    private void LookUp(byte* page, long length, int count)
    {
        var reader = default(IndexReader);
        reader.Open(page, length);
        uint* indices = WindowLayout.Indices(memory.Window.Ensure(WindowLayout.Bytes));
        for (int done = 0; done < count; done += RowGroupReader.MaxRows)
        {
            int portion = Math.Min(RowGroupReader.MaxRows, count - done);
            reader.Read(kernels, indices, portion);
            for (int i = 0; i < portion; i++)
            {
                if (!_wrongWords.TryGetValue(indices[i], out byte[]? text)) continue;
                Found(_values + done + i, text);
                return;
            }
        }
    }

    private void Found(long place, byte[] text) => (Place, Text) = (place, text);

    /// <summary>Takes the next of values that stand behind their length each.</summary>
    private static bool IsText(ref ReadOnlySpan<byte> values, out ReadOnlySpan<byte> text)
    {
        if (values.Length < sizeof(int)) ThrowUnsupported.Page("it ends within a text");
        int length = BinaryPrimitives.ReadInt32LittleEndian(values);
        if (length < 0 || length > values.Length - sizeof(int)) ThrowUnsupported.Page("it ends within a text");
        text = values.Slice(sizeof(int), length);
        values = values[(sizeof(int) + length)..];
        return Utf8.IsValid(text);
    }
}
