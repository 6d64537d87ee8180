namespace BatchScoring.Parquet;

/// <summary>Goes through what the footer says of a row group's column chunks, leaf by leaf (parquet.thrift, struct RowGroup).</summary>
/// <param name="start">Where the footer tells of the row group.</param>
/// <param name="length">Bytes of the footer from there on.</param>
/// <param name="group">The row group's number, for messages.</param>
/// <param name="leaves">How many leaf columns the schema has.</param>
internal unsafe ref struct RowGroupWalk(byte* start, long length, int group, int leaves)
{
    /// <summary>Stands before the current chunk, which whoever goes through must read or skip.</summary>
    public ThriftReader Reader = new(start, length);

    private bool _found;

    /// <summary>The current chunk's place among the leaves.</summary>
    public int Leaf { get; private set; } = -1;

    /// <summary>Goes to the next chunk.</summary>
    /// <returns>False behind the last one.</returns>
    public bool Next()
    {
        if (!_found) Find();
        return ++Leaf < leaves;
    }

    private void Find()
    {
        short id = 0;
        while (Reader.NextField(ref id, out ThriftType field))
        {
            if (id == 1)
            {
                int count = Reader.List(field, ThriftType.Struct);
                if (count != leaves) ThrowUnsupported.Footer($"row group {group} has {count} columns, the schema has {leaves}");
                _found = true;
                return;
            }

            Reader.Skip(field);
        }

        // What another row group has left in the chunks must not be taken for this one's.
        ThrowUnsupported.Footer($"row group {group} has no columns");
    }
}
