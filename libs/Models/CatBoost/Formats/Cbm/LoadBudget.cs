namespace BatchScoring.Models.CatBoost.Formats.Cbm;

/// <summary>
/// Bounds what loading may allocate. A file may name the same table or vector many times, so a small file could ask for a huge model;
/// honest files stay far below the limit, because every element costs them bytes of their own. The limit leaves room for the file itself
/// and for what is not announced here, so that loading stays below 6 × the file + 16 MiB.
/// </summary>
/// <param name="fileLength">Bytes of the model file.</param>
internal sealed class LoadBudget(long fileLength)
{
    private const long Allowance = 10 << 20;

    private readonly long _limit = (2 * fileLength) + Allowance;
    private long _charged;
    private long _questions;
    private long _columns;

    /// <summary>Announces an allocation (or work of that size) before it is made.</summary>
    /// <exception cref="ModelException">The file asks for too much.</exception>
    public void Charge(long bytes)
    {
        _charged += bytes;
        if (_charged > _limit) Refuse();
    }

    /// <summary>
    /// Announces columns of the training table, used or not. Wide tables make files that hold little else, so a column is not held against
    /// the file's length but must have its own bytes in it: an offset and a table with two numbers.
    /// </summary>
    /// <exception cref="ModelException">The file is too short for so many.</exception>
    public void ChargeColumns(int count)
    {
        const int SmallestColumn = 16;
        _columns += count;
        if (SmallestColumn * _columns > fileLength) Refuse();
    }

    /// <summary>
    /// Announces borders, one-hot values and elements of combinations: what every row is asked. Each costs an honest file 4 bytes, or
    /// little more than that where CTRs share a combination; without this limit a small file could make every row cost seconds.
    /// </summary>
    /// <exception cref="ModelException">The file asks for too much.</exception>
    public void ChargeQuestions(int count)
    {
        _questions += count;
        if (4 * _questions > 2 * fileLength) Refuse();
    }

    private void Refuse() => throw new ModelException(
        ModelErrorCodes.Inflated,
        $"The model file has {fileLength:N0} bytes but asks for much more content: its tables point at the same bytes again and again. "
        + "CatBoost does not write such files; get the file again from where it was trained.");
}
