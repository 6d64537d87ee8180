namespace BatchScoring.Parquet;

/// <summary>Reads a footer's schema: the columns below the root, nested ones as one.</summary>
internal static class SchemaReader
{
    private const int MostDepth = 64;
    private const int Optional = 1;

    /// <returns>The columns and the number of leaves.</returns>
    public static (List<ParquetColumn> Columns, int Leaves) Read(ref ThriftReader reader, int count)
    {
        if (count == 0) ThrowUnsupported.Footer("it has no schema");
        var root = SchemaElement.Read(ref reader);
        var columns = new List<ParquetColumn>();
        var open = new Stack<int>();
        int leaves = 0;
        for (int i = 1; i < count; i++)
        {
            var element = SchemaElement.Read(ref reader);
            if (open.Count == 0)
            {
                ParquetType type = element.IsGroup ? ParquetType.None : element.Type;
                columns.Add(new ParquetColumn(element.Name, type, element.Kind, element.Repetition == Optional,
                    leaves)
                { Decimal = element.Decimal });
            }
            else
                open.Push(open.Pop() - 1);
            if (element.IsGroup) open.Push(element.Children);
            else leaves++;
            while (open.Count > 0 && open.Peek() == 0) open.Pop();
            if (open.Count > MostDepth) ThrowUnsupported.Footer("its schema is nested too deeply");
        }

        if (open.Count > 0 || columns.Count != root.Children)
            ThrowUnsupported.Footer("its schema's groups do not have the columns that they promise");
        return (columns, leaves);
    }
}
