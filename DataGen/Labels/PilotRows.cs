using BatchScoring.DataGen.Columns;
using BatchScoring.DataGen.Rows;

namespace BatchScoring.DataGen.Labels;

/// <summary>Rows that no table contains; borders, leaf values and the bias of the hidden model are fitted to them.</summary>
internal static class PilotRows
{
    public const int Count = 10 * BlockMaker.MaxRows;
    private const long First = 1L << 40;

    /// <summary>A column's numbers on the pilot rows; NaN is missing.</summary>
    public static float[] Numbers(BlockMaker maker, FeatureColumn column)
    {
        float[] result = new float[Count];
        double[] block = new double[BlockMaker.MaxRows];
        for (int row = 0; row < Count; row += BlockMaker.MaxRows)
        {
            maker.Start(First + row, BlockMaker.MaxRows);
            maker.Numbers(column, block);
            for (int i = 0; i < block.Length; i++) result[row + i] = (float)block[i];
        }

        return result;
    }

    /// <summary>Raw scores of the pilot rows.</summary>
    public static double[] Score(BlockMaker maker, ModelRows rows, IEnumerable<FeatureColumn> columns)
    {
        double[] result = new double[Count];
        double[] numbers = new double[BlockMaker.MaxRows];
        int[] codes = new int[BlockMaker.MaxRows];
        FeatureColumn[] used = [.. columns];
        for (int row = 0; row < Count; row += BlockMaker.MaxRows)
        {
            maker.Start(First + row, BlockMaker.MaxRows);
            foreach (FeatureColumn column in used)
            {
                if (column.IsCategory)
                {
                    maker.Codes(column, codes);
                    rows.Take(column, codes);
                }
                else
                {
                    maker.Numbers(column, numbers);
                    rows.Take(column, numbers);
                }
            }

            rows.Raw(BlockMaker.MaxRows).CopyTo(result.AsSpan(row));
        }

        return result;
    }
}
