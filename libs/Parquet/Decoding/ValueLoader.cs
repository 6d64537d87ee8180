namespace BatchScoring.Parquet;

/// <summary>Turns the values of pages into parts of a column: floats, indices, or a key's integers.</summary>
internal sealed unsafe class ValueLoader(ReadMemory memory, DecodeKernels kernels) : IPageValues
{
    /// <summary>
    /// Indices into larger dictionaries become floats at once: a dictionary that has left the cache costs more than they do.
    /// </summary>
    private const int KeptDictionary = 1024;

    private const int LengthPrefix = sizeof(int);

    private ColumnPages _pages = null!;
    private ParquetColumn _column = null!;
    private bool _isKey;
    private bool _hasDictionary;
    private byte* _keyDictionary;

    public void Open(ColumnPages pages, bool isKey)
    {
        (_pages, _column, _isKey, _hasDictionary) = (pages, pages.Column, isKey, false);
        _keyDictionary = null;
    }

    public void RequireReadable(int encoding)
    {
        bool isRead = encoding switch
        {
            Encodings.Plain => true,
            Encodings.RleDictionary or Encodings.PlainDictionary => _column.Type != ParquetType.Boolean,
            Encodings.Rle => _column.Type == ParquetType.Boolean,
            Encodings.DeltaBinaryPacked => _column.Type is ParquetType.Int32 or ParquetType.Int64,
            Encodings.ByteStreamSplit => _column.Type != ParquetType.Boolean,
            _ => false,
        };
        if (!isRead) ThrowUnsupported.Encoding(encoding, _column.Type);
        if (IsDictionary(encoding) && !_hasDictionary) ThrowUnsupported.Page("a page has indices, and there is no dictionary");
    }

    public bool Stays(int encoding) => !_isKey && (IsDictionary(encoding)
        ? _pages.DictionarySize <= KeptDictionary
        : encoding == Encodings.Plain && _column.Kind == NumberKind.Float);

    public void LoadDictionary(byte* page, long length, int values)
    {
        if (_column.Type == ParquetType.Boolean) ThrowUnsupported.Encoding(Encodings.PlainDictionary, _column.Type);
        int width = NumberConversion.Width(_column.Type);
        if (length != (long)values * width) ThrowUnsupported.Page($"a dictionary has {values} values in {length} bytes");
        (_hasDictionary, _pages.DictionarySize) = (true, values);
        if (_isKey)
        {
            _keyDictionary = memory.Pages.Take(length);
            Buffer.MemoryCopy(page, _keyDictionary, length, length);
            return;
        }

        _pages.Dictionary = (float*)memory.Pages.Take(values * (long)sizeof(float));
        NumberConversion.ToFloats(kernels, page, _column.Kind, values, _pages.Dictionary);
    }

    public void Load(byte* page, long length, int encoding, int count)
    {
        if (count == 0) return;
        if (IsDictionary(encoding))
        {
            if (Stays(encoding)) _pages.Add(new PagePart { Data = page, Length = length, Values = count, IsIndices = true });
            else _pages.Add(new PagePart
            {
                Data = _isKey ? LookUpKeys(page, length, count) : LookUpFloats(page, length, count),
                Values = count
            });
            return;
        }

        int width = NumberConversion.Width(_column.Type);
        if (_column.Type == ParquetType.Boolean) LoadBooleans(page, length, encoding, count);
        else if (encoding == Encodings.DeltaBinaryPacked) LoadPlain(Delta(page, length, count, width), count);
        else if (length != (long)count * width) ThrowUnsupported.Page($"it has {count} values in {length} bytes");
        else if (encoding == Encodings.ByteStreamSplit) LoadSplit(page, count);
        else if (Stays(encoding)) _pages.Add(new PagePart { Data = page, Values = count });
        else LoadPlain(page, count);
    }

    private static bool IsDictionary(int encoding) => encoding is Encodings.RleDictionary or Encodings.PlainDictionary;

    /// <summary>PLAIN values of any kind.</summary>
    private void LoadPlain(byte* page, int count)
    {
        if (!_isKey)
        {
            float* floats = (float*)memory.Pages.Take(count * (long)sizeof(float));
            NumberConversion.ToFloats(kernels, page, _column.Kind, count, floats);
            _pages.Add(new PagePart { Data = (byte*)floats, Values = count });
            return;
        }

        long bytes = (long)count * NumberConversion.Width(_column.Type);
        byte* keys = memory.Pages.Take(bytes);
        Buffer.MemoryCopy(page, keys, bytes, bytes);
        _pages.Add(new PagePart { Data = keys, Values = count });
    }

    private void LoadSplit(byte* page, int count)
    {
        if (_column.Kind == NumberKind.Float)
        {
            float* floats = (float*)memory.Pages.Take(count * (long)sizeof(float));
            kernels.Join(page, count, floats);
            _pages.Add(new PagePart { Data = (byte*)floats, Values = count });
            return;
        }

        byte* values = memory.Values.Ensure(count * (long)sizeof(ulong));
        if (NumberConversion.Width(_column.Type) == sizeof(uint)) kernels.Join(page, count, (float*)values);
        else JoinWide(page, count, (ulong*)values);
        LoadPlain(values, count);
    }

    private static void JoinWide(byte* page, int count, ulong* to)
    {
        for (int i = 0; i < count; i++)
        {
            ulong value = 0;
            for (int stream = 0; stream < sizeof(ulong); stream++) value |= (ulong)page[((long)stream * count) + i] << (8 * stream);
            to[i] = value;
        }
    }

    /// <summary>Differences summed up, in the column's own width.</summary>
    private byte* Delta(byte* page, long length, int count, int width)
    {
        long* wide = (long*)memory.Values.Ensure(count * (long)sizeof(long));
        new DeltaReader(page, length).Read(count, wide);
        if (width == sizeof(int))
            for (int i = 0; i < count; i++) ((int*)wide)[i] = (int)wide[i];
        return (byte*)wide;
    }

    private void LoadBooleans(byte* page, long length, int encoding, int count)
    {
        byte* floats = memory.Pages.Take(count * (long)sizeof(float));
        Booleans(page, length, encoding, count, (float*)floats);
        _pages.Add(new PagePart { Data = floats, Values = count });
    }

    private static void Booleans(byte* page, long length, int encoding, int count, float* to)
    {
        if (encoding == Encodings.Plain)
        {
            if (length != (count + 7) / 8) ThrowUnsupported.Page($"it has {count} truth values in {length} bytes");
            for (int i = 0; i < count; i++) to[i] = page[i >> 3] >> (i & 7) & 1;
            return;
        }

        if (length < LengthPrefix || *(uint*)page > length - LengthPrefix) ThrowUnsupported.Data("a page of truth values ends too early");
        var runs = new Runs(page + LengthPrefix, page + LengthPrefix + *(uint*)page, 1);
        while (count > 0)
        {
            runs.Next();
            int portion = (int)Math.Min(count, runs.Left);
            if (!runs.IsPacked && runs.Value > 1) ThrowUnsupported.Data("a truth value is neither 0 nor 1");
            for (int i = 0; i < portion; i++) *to++ = runs.IsPacked ? runs.Packed[i >> 3] >> (i & 7) & 1 : runs.Value;
            count -= portion;
        }
    }

    private byte* LookUpFloats(byte* page, long length, int count)
    {
        float* floats = (float*)memory.Pages.Take(count * (long)sizeof(float));
        var reader = default(IndexReader);
        reader.Open(page, length);
        uint* indices = WindowLayout.Indices(memory.Window.Ensure(WindowLayout.Bytes));
        for (int done = 0; done < count; done += RowGroupReader.MaxRows)
        {
            int portion = Math.Min(RowGroupReader.MaxRows, count - done);
            ReadIndices(ref reader, indices, portion);
            kernels.LookUp(_pages.Dictionary, _pages.DictionarySize, indices, portion, floats + done);
        }

        return (byte*)floats;
    }

    private byte* LookUpKeys(byte* page, long length, int count)
    {
        int width = NumberConversion.Width(_column.Type);
        byte* keys = memory.Pages.Take((long)count * width);
        var reader = default(IndexReader);
        reader.Open(page, length);
        uint* indices = WindowLayout.Indices(memory.Window.Ensure(WindowLayout.Bytes));
        for (int done = 0; done < count; done += RowGroupReader.MaxRows)
        {
            int portion = Math.Min(RowGroupReader.MaxRows, count - done);
            ReadIndices(ref reader, indices, portion);
            for (int i = 0; i < portion; i++)
                if (width == sizeof(int)) ((int*)keys)[done + i] = ((int*)_keyDictionary)[indices[i]];
                else ((long*)keys)[done + i] = ((long*)_keyDictionary)[indices[i]];
        }

        return keys;
    }

    private void ReadIndices(ref IndexReader reader, uint* indices, int count)
    {
        reader.Read(kernels, indices, count);
        if (kernels.Largest(indices, count) >= _pages.DictionarySize) ThrowUnsupported.Data("an index points behind the dictionary");
    }
}
