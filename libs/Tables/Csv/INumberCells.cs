namespace BatchScoring.Tables.Csv;

/// <summary>How cells become numbers of a kind: as <see cref="CellNumber"/> reads them, or by way of the rules' double.</summary>
internal unsafe interface INumberCells<T> where T : unmanaged
{
    /// <inheritdoc cref="CellNumber.TryParseShort"/>
    static abstract bool TryShort(byte* cell, int length, out T value);

    /// <inheritdoc cref="CellNumber.TryParseLong(byte*, int, out double)"/>
    static abstract bool TryLong(byte* cell, int length, out T value);

    static abstract T Of(double value);
}
