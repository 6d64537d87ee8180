namespace BatchScoring.DuckDb;

/// <summary>Whose doing an error of DuckDB's is: what a caller decides by.</summary>
public enum DuckDbErrorKind
{
    /// <summary>None of the others: the SQL, a setting, or DuckDB itself.</summary>
    Other,

    /// <summary>The memory does not suffice.</summary>
    Memory,

    /// <summary>The operating system failed: the disk is full or broken, too many files are open.</summary>
    Disk,

    /// <summary>A file is not there.</summary>
    Missing,

    /// <summary>A file may not be read or written.</summary>
    Rights,

    /// <summary>DuckDB's shared library cannot be loaded.</summary>
    Library,

    /// <summary>The input: a file that cannot be understood, a value that does not fit.</summary>
    Data,

    /// <summary>The statement was interrupted.</summary>
    Interrupt,
}
