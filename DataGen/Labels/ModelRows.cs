using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using BatchScoring.DataGen.Columns;
using BatchScoring.DataGen.Rows;
using BatchScoring.Models;

namespace BatchScoring.DataGen.Labels;

/// <summary>The columns of a block that the hidden model reads, as the scorer wants them. One thread at a time.</summary>
internal sealed unsafe class ModelRows
{
    private readonly IBlockScorer _scorer;
    private readonly Prediction _answers;
    private readonly InputBlock _block;
    private readonly float[]?[] _numbers;
    private readonly int[]?[] _categories;
    private readonly Dictionary<int, int[]> _hashes = [];
    private readonly double[] _raw = new double[BlockMaker.MaxRows];
    private readonly double[] _probabilities = new double[BlockMaker.MaxRows];

    public ModelRows(CatBoostModel model, TableSchema schema)
    {
        IBlockScorer scorer = _scorer = model.CreateScorer();
        _answers = model.Scores();
        _block = new InputBlock(scorer.Inputs.Count);
        _numbers = new float[schema.Features.Length][];
        _categories = new int[schema.Features.Length][];
        for (int i = 0; i < scorer.Inputs.Count; i++)
        {
            int position = scorer.Inputs[i].Position;
            if (scorer.Inputs[i].Kind == ModelInputKind.Numeric)
            {
                _numbers[position] = GC.AllocateArray<float>(BlockMaker.MaxRows, pinned: true);
                _block.SetNumeric(i, (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_numbers[position]!)));
                continue;
            }

            _categories[position] = GC.AllocateArray<int>(BlockMaker.MaxRows, pinned: true);
            _block.SetCategorical(i, (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_categories[position]!)));
            ICategoryEncoder encoder = scorer.Inputs[i].Encoder!;
            _hashes[position] = [.. schema.Features[position].Categories.Select(text => encoder.Encode(Encoding.UTF8.GetBytes(text)))];
        }
    }

    /// <summary>Notes a column's numbers, if the model reads it.</summary>
    public void Take(FeatureColumn column, ReadOnlySpan<double> values)
    {
        if (_numbers[column.Position] is not { } target) return;
        for (int i = 0; i < values.Length; i++) target[i] = (float)values[i];
    }

    /// <summary>Notes a column's categories, if the model reads it.</summary>
    public void Take(FeatureColumn column, ReadOnlySpan<int> codes)
    {
        if (_categories[column.Position] is not { } target) return;
        int[] hashes = _hashes[column.Position];
        for (int i = 0; i < codes.Length; i++) target[i] = hashes[codes[i]];
    }

    /// <summary>Raw scores of the block's first rows; the buffer is used again by the next call.</summary>
    public ReadOnlySpan<double> Raw(int rows)
    {
        _block.Reset(rows);
        _scorer.Score(_block, _raw);
        return _raw.AsSpan(0, rows);
    }

    /// <summary>Probabilities of default of the block's first rows; the buffer is used again by the next call.</summary>
    public ReadOnlySpan<double> Probabilities(int rows)
    {
        _answers.Compute(Raw(rows), rows, _probabilities);
        return _probabilities.AsSpan(0, rows);
    }
}
