namespace BatchScoring.Parquet;

/// <summary>
/// The inner loops of decoding, once per instruction set; all give the same bits. Sources may be read and targets written up to
/// <see cref="NativeBuffer.Slack"/> bytes beyond what is asked for.
/// </summary>
internal abstract unsafe class DecodeKernels
{
    /// <summary>The widest index that is unpacked.</summary>
    public const int MostWidth = 25;

    /// <summary>Unpacks indices of <paramref name="width"/> bits, the lowest bit first, beginning at a byte.</summary>
    public abstract void Unpack(byte* from, int width, int count, uint* to);

    /// <summary>The largest of the indices.</summary>
    public abstract uint Largest(uint* indices, int count);

    /// <summary>Looks indices up; all are below <paramref name="size"/>, those beyond <paramref name="count"/> are not looked at.</summary>
    public abstract void LookUp(float* dictionary, int size, uint* indices, int count, float* to);

    /// <summary>Spreads the values that are there over their rows, NaN between them.</summary>
    /// <param name="dense">The values that are there, without gaps.</param>
    /// <param name="bits">Which rows have one: bit r % 8 of byte r / 8.</param>
    /// <param name="firstRow">The first row's bit.</param>
    /// <param name="rows">Rows to fill.</param>
    /// <param name="to">One float a row.</param>
    public abstract void Spread(float* dense, byte* bits, long firstRow, int rows, float* to);

    /// <summary>Rounds to the nearest float, ties to even; what is too large becomes infinite.</summary>
    public abstract void Round(double* from, int count, float* to);

    /// <summary>Puts floats together whose four bytes lie in four streams one behind the other (BYTE_STREAM_SPLIT).</summary>
    public abstract void Join(byte* from, int count, float* to);
}
