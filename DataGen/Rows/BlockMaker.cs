using BatchScoring.DataGen.Columns;
using BatchScoring.DataGen.Random;

namespace BatchScoring.DataGen.Rows;

/// <summary>
/// Computes the cells of up to <see cref="MaxRows"/> consecutive rows, column by column. A cell follows from the seed, its row and its
/// column alone. One thread at a time.
/// </summary>
internal sealed class BlockMaker
{
    /// <summary>The most rows of a block: DuckDB's vector and the scorer's block.</summary>
    public const int MaxRows = 2048;

    private readonly TableSchema _schema;
    private readonly double[][] _factors;
    private readonly double[]?[] _bases;
    private readonly bool[] _baseReady;
    private readonly uint[] _words = new uint[MaxRows];
    private readonly double[] _latent = new double[MaxRows];

    public BlockMaker(TableSchema schema)
    {
        _schema = schema;
        _factors = [.. Enumerable.Range(0, TableSchema.Factors).Select(_ => new double[MaxRows])];
        _bases = new double[schema.Groups.Length][];
        _baseReady = new bool[schema.Groups.Length];
    }

    public long FirstRow { get; private set; }

    public int Rows { get; private set; }

    /// <summary>Turns to other rows.</summary>
    /// <param name="firstRow">A multiple of 4.</param>
    /// <param name="rows">1 to <see cref="MaxRows"/>.</param>
    public void Start(long firstRow, int rows)
    {
        (FirstRow, Rows) = (firstRow, rows);
        Array.Clear(_baseReady);
        Span<uint> w0 = stackalloc uint[MaxRows], w1 = stackalloc uint[MaxRows], w2 = stackalloc uint[MaxRows];
        for (int factor = 0; factor < _factors.Length; factor++)
        {
            uint stream = Streams.Factor + ((uint)factor * 4);
            new RowStream(_schema.Seed, stream).Fill(firstRow, w0);
            new RowStream(_schema.Seed, stream + 1).Fill(firstRow, w1);
            new RowStream(_schema.Seed, stream + 2).Fill(firstRow, w2);
            new RowStream(_schema.Seed, stream + 3).Fill(firstRow, _words);
            double[] values = _factors[factor];
            for (int i = 0; i < MaxRows; i++) values[i] = Uniform.Normal(w0[i], w1[i], w2[i], _words[i]);
        }
    }

    /// <summary>A column's numbers; NaN is missing.</summary>
    /// <param name="column">Not a category.</param>
    /// <param name="values">At least <see cref="Rows"/> long.</param>
    public void Numbers(FeatureColumn column, Span<double> values)
    {
        values = values[..Rows];
        if (column.Kind == ColumnKind.Constant)
        {
            values.Fill(column.Offset);
        }
        else
        {
            Latent(column);
            NumberShapes.Apply(column, _latent.AsSpan(0, Rows), values);
        }

        if (column.MissingGroup < 0) return;
        new RowStream(_schema.Seed, Streams.Missing + (uint)column.MissingGroup).Fill(FirstRow, _words);
        double share = _schema.MissingShares[column.MissingGroup];
        for (int i = 0; i < values.Length; i++)
        {
            if (_words[i] * Uniform.Step < share) values[i] = double.NaN;
        }
    }

    /// <summary>The positions of a categorical column's values among its categories.</summary>
    /// <param name="column">A category.</param>
    /// <param name="codes">At least <see cref="Rows"/> long.</param>
    public void Codes(FeatureColumn column, Span<int> codes)
    {
        Latent(column);
        ReadOnlySpan<double> ends = column.CategoryEnds.AsSpan();
        for (int i = 0; i < Rows; i++)
        {
            int found = ends.BinarySearch(Uniform.NormalShare(_latent[i]));
            codes[i] = Math.Min(found < 0 ? ~found : found, ends.Length - 1);
        }
    }

    /// <summary>What the column shows of its rows: nearly normal, mean 0, deviation 1.</summary>
    private void Latent(FeatureColumn column)
    {
        double[] common = Base(column.Group);
        if (column.Likeness == 1)
        {
            common.CopyTo(_latent, 0);
            return;
        }

        new RowStream(_schema.Seed, Streams.Column + (uint)column.Position).Fill(FirstRow, _words);
        double own = Math.Sqrt(1 - (column.Likeness * column.Likeness));
        for (int i = 0; i < MaxRows; i++) _latent[i] = (column.Likeness * common[i]) + (own * Uniform.Bell(_words[i]));
    }

    private double[] Base(int number)
    {
        double[] values = _bases[number] ??= new double[MaxRows];
        if (_baseReady[number]) return values;
        _baseReady[number] = true;
        ColumnGroup group = _schema.Groups[number];
        double[] first = _factors[group.FirstFactor], second = _factors[group.SecondFactor];
        Span<uint> others = stackalloc uint[MaxRows];
        new RowStream(_schema.Seed, Streams.Group + (2 * (uint)number)).Fill(FirstRow, _words);
        new RowStream(_schema.Seed, Streams.Group + (2 * (uint)number) + 1).Fill(FirstRow, others);
        for (int i = 0; i < MaxRows; i++)
        {
            values[i] = (group.FirstLoading * first[i]) + (group.SecondLoading * second[i]) +
                (group.OwnLoading * Uniform.Bell(_words[i], others[i]));
        }

        return values;
    }
}
