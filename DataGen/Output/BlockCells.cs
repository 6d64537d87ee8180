using System.Globalization;
using System.Text;
using BatchScoring.DataGen.Columns;
using BatchScoring.DataGen.Dirt;
using BatchScoring.DataGen.Labels;
using BatchScoring.DataGen.Rows;
using BatchScoring.DuckDb;

namespace BatchScoring.DataGen.Output;

/// <summary>Puts the cells of a block, bad ones included, into a block of DuckDB's. One thread at a time.</summary>
internal sealed class BlockCells(TableSchema schema, DirtPlan dirt)
{
    private readonly double[] _numbers = new double[BlockMaker.MaxRows];
    private readonly int[] _codes = new int[BlockMaker.MaxRows];
    private readonly int[] _losses = new int[BlockMaker.MaxRows];
    private readonly byte[][]?[] _texts =
        [.. schema.Features.Select(column =>
            column.SqlType == "VARCHAR" ? column.Categories.Select(Encoding.UTF8.GetBytes).ToArray() : null)];

    private PlantedRow[] _planted = [];
    private DuckBlock _cells = null!;

    public void Fill(BlockMaker block, ModelRows model, Labeller labeller, BestAuc auc, DuckBlock cells)
    {
        _cells = cells;
        _planted = [.. dirt.Between(block.FirstRow, block.FirstRow + block.Rows)];
        Keys(block);
        foreach (FeatureColumn column in schema.Features)
        {
            if (column.IsCategory)
            {
                block.Codes(column, _codes);
                model.Take(column, _codes.AsSpan(0, block.Rows));
                Categories(column, block);
            }
            else
            {
                block.Numbers(column, _numbers);
                model.Take(column, _numbers.AsSpan(0, block.Rows));
                Numbers(column, block);
            }
        }

        ReadOnlySpan<double> probabilities = model.Probabilities(block.Rows);
        labeller.Losses(block.FirstRow, probabilities, _losses);
        auc.Add(probabilities, _losses);
        int target = schema.Features.Length + 1;
        _losses.AsSpan(0, block.Rows).CopyTo(_cells.Column<int>(target));
        Span<int> defaults = _cells.Column<int>(target + 1);
        for (int i = 0; i < block.Rows; i++) defaults[i] = _losses[i] > 0 ? 1 : 0;
    }

    private void Keys(BlockMaker block)
    {
        Span<long> keys = _cells.Column<long>(0);
        for (int i = 0; i < block.Rows; i++) keys[i] = block.FirstRow + i + 1;
        foreach (PlantedRow? bad in _planted.Where(bad => bad.Column is null))
        {
            int row = (int)(bad.Row - block.FirstRow);
            if (bad.Text is null) _cells.SetNull(0, row);
            else keys[row] = long.Parse(bad.Text, CultureInfo.InvariantCulture);
        }
    }

    private void Categories(FeatureColumn column, BlockMaker block)
    {
        int target = column.Position + 1;
        if (_texts[column.Position] is not { } texts)
        {
            Span<int> numbers = _cells.Column<int>(target);
            for (int i = 0; i < block.Rows; i++) numbers[i] = int.Parse(column.Categories[_codes[i]], CultureInfo.InvariantCulture);
            return;
        }

        for (int i = 0; i < block.Rows; i++) _cells.SetText(target, i, texts[_codes[i]]);
        foreach (PlantedRow? bad in _planted.Where(bad => ReferenceEquals(bad.Column, column)))
        {
            int row = (int)(bad.Row - block.FirstRow);
            if (bad.Text is null) _cells.SetNull(target, row);
            else _cells.SetText(target, row, Encoding.UTF8.GetBytes(bad.Text));
        }
    }

    private void Numbers(FeatureColumn column, BlockMaker block)
    {
        int target = column.Position + 1;
        if (dirt.IsText(column))
        {
            Text(column, block);
            return;
        }

        foreach (PlantedRow? bad in _planted.Where(bad => ReferenceEquals(bad.Column, column)))
            _numbers[bad.Row - block.FirstRow] = Parse(bad.Text!);
        switch (column.SqlType)
        {
            case "FLOAT": Copy(_cells.Column<float>(target), block.Rows, value => (float)value); break;
            case "DOUBLE": Copy(_cells.Column<double>(target), block.Rows, value => value); break;
            case "INTEGER": Copy(_cells.Column<int>(target), block.Rows, value => (int)value); break;
            default: Copy(_cells.Column<long>(target), block.Rows, value => (long)value); break;
        }

        for (int i = 0; i < block.Rows; i++)
        {
            if (double.IsNaN(_numbers[i])) _cells.SetNull(target, i);
        }
    }

    private void Copy<T>(Span<T> target, int rows, Func<double, T> convert)
    {
        for (int i = 0; i < rows; i++) target[i] = double.IsNaN(_numbers[i]) ? default! : convert(_numbers[i]);
    }

    /// <summary>A number of 32 bits as text that reads back to the same bits.</summary>
    private void Text(FeatureColumn column, BlockMaker block)
    {
        int target = column.Position + 1;
        for (int i = 0; i < block.Rows; i++)
        {
            if (double.IsNaN(_numbers[i])) _cells.SetNull(target, i);
            else _cells.SetText(target, i, Encoding.UTF8.GetBytes(((float)_numbers[i]).ToString(CultureInfo.InvariantCulture)));
        }

        foreach (PlantedRow? bad in _planted.Where(bad => ReferenceEquals(bad.Column, column)))
            _cells.SetText(target, (int)(bad.Row - block.FirstRow), Encoding.UTF8.GetBytes(bad.Text!));
    }

    private static double Parse(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
