namespace BatchScoring.Tables.Csv;

/// <summary>What the cells of a column become.</summary>
public enum CsvColumnKind
{
    /// <summary>Their text, without the quotes around it.</summary>
    Text,

    /// <summary>float32, as <see cref="NumberText"/> reads them.</summary>
    Float,

    /// <summary>double, as <see cref="NumberText"/> reads them.</summary>
    Double,

    /// <summary>Nothing but what kind of texts they are.</summary>
    Kind,
}
