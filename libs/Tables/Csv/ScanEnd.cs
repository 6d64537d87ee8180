namespace BatchScoring.Tables.Csv;

/// <summary>Why no more rows were cut.</summary>
internal enum ScanEnd
{
    /// <summary>As many as were wanted.</summary>
    Rows,

    /// <summary>The next row does not end in the text.</summary>
    Text,

    /// <summary>The next row is faulty.</summary>
    Fault,
}
