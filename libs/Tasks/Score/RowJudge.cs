using System.Numerics;
using System.Text;
using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>
/// Decides which rows of a block may be scored. A row has one reason at most: its key first, then the first column at fault in the order
/// of the model's columns. Good blocks cost one vector comparison per 8 or 16 numbers and allocate nothing.
/// </summary>
/// <remarks>Not thread safe; one per task.</remarks>
internal sealed unsafe class RowJudge
{
    private readonly ScoreWork _work;
    private readonly IReadOnlyList<ModelInput> _inputs;
    private readonly IReadOnlyList<string> _columns;
    private readonly Dictionary<string, int> _places;
    private readonly DuplicateRows _duplicates;
    private readonly QuarantineLog _quarantine;
    private readonly Rule?[] _rules;
    private readonly int[] _fault = new int[InputBlock.MaxRows];
    private readonly string?[] _code = new string?[InputBlock.MaxRows];
    private readonly bool[] _keep = new bool[InputBlock.MaxRows];

    /// <param name="work">Key and rules.</param>
    /// <param name="inputs">The model's columns.</param>
    /// <param name="columns">What the file calls them, in the same order.</param>
    /// <param name="duplicates">Rows whose key came before.</param>
    /// <param name="quarantine">Takes the rows that may not be scored.</param>
    public RowJudge(
        ScoreWork work, IReadOnlyList<ModelInput> inputs, IReadOnlyList<string> columns, IReadOnlyList<long> duplicates, QuarantineLog quarantine)
    {
        (_work, _inputs, _columns, _quarantine) = (work, inputs, columns, quarantine);
        _duplicates = new DuplicateRows(duplicates);
        _places = columns.Select((column, place) => (column, place)).ToDictionary(pair => pair.column, pair => pair.place, StringComparer.Ordinal);
        Dictionary<string, FeatureRule> rules = new(StringComparer.Ordinal);
        foreach (FeatureRule rule in work.Rules)
        {
            if (!rules.TryAdd(rule.Feature, rule))
                throw new BatchScoringException(ScoringErrors.ContractInvalid, $"The model's contract has two rules for '{rule.Feature}'.");
        }

        _rules = [.. inputs.Select(input => rules.TryGetValue(input.Name, out FeatureRule? rule) ? Rule.Of(rule, input.Encoder) : null)];
    }

    /// <summary>Judges the reader's current block.</summary>
    /// <returns>For every row whether it may be scored; void at the next call.</returns>
    public ReadOnlySpan<bool> Judge(ISplitReader reader)
    {
        int rows = reader.Rows;
        _fault.AsSpan(0, rows).Fill(int.MaxValue);
        foreach (CellDefect defect in reader.Defects) Blame(defect.Row, _places[defect.Column], Code(defect.Code));
        for (int column = 0; column < _inputs.Count; column++)
        {
            if (_inputs[column].Kind == ModelInputKind.Numeric)
                JudgeNumbers(column, new ReadOnlySpan<float>(reader.Block.Numbers(column), rows));
            else if (_rules[column]?.Hashes is { } known)
                JudgeCategories(column, new ReadOnlySpan<int>(reader.Block.Codes(column), rows), known);
        }

        for (int row = 0; row < rows; row++) _keep[row] = JudgeRow(reader, row);
        return _keep.AsSpan(0, rows);
    }

    private bool JudgeRow(ISplitReader reader, int row)
    {
        long number = reader.FirstRow + row;
        bool duplicate = _duplicates.Contains(number);
        if (reader.Key.IsNull(row)) _quarantine.Add(number, QuarantineCodes.MissingKey, _work.Key);
        else if (duplicate) _quarantine.Add(number, QuarantineCodes.DuplicateKey, _work.Key);
        else if (_fault[row] != int.MaxValue) _quarantine.Add(number, _code[row]!, _columns[_fault[row]]);
        else return true;
        return false;
    }

    private void JudgeNumbers(int column, ReadOnlySpan<float> values)
    {
        if (HasInfinity(values))
        {
            for (int row = 0; row < values.Length; row++)
            {
                if (float.IsInfinity(values[row])) Blame(row, column, QuarantineCodes.InfiniteValue);
            }
        }

        if (_rules[column] is not { } rule) return;
        for (int row = 0; row < values.Length; row++)
        {
            // False for NaN, which is a missing value.
            if (values[row] < rule.Minimum || values[row] > rule.Maximum) Blame(row, column, QuarantineCodes.OutOfRange);
        }
    }

    private void JudgeCategories(int column, ReadOnlySpan<int> hashes, HashSet<int> known)
    {
        for (int row = 0; row < hashes.Length; row++)
        {
            if (!known.Contains(hashes[row])) Blame(row, column, QuarantineCodes.UnknownCategory);
        }
    }

    private void Blame(int row, int column, string code)
    {
        if (column >= _fault[row]) return;
        _fault[row] = column;
        _code[row] = code;
    }

    private static bool HasInfinity(ReadOnlySpan<float> values)
    {
        Vector<float> infinity = new(float.PositiveInfinity);
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            if (Vector.EqualsAny(Vector.Abs(new Vector<float>(values[i..])), infinity)) return true;
        }

        for (; i < values.Length; i++)
        {
            if (float.IsInfinity(values[i])) return true;
        }

        return false;
    }

    private static string Code(string defect) => defect switch
    {
        DefectCodes.NumberUnreadable => QuarantineCodes.UnreadableNumber,
        _ => QuarantineCodes.WrongType,
    };

    private sealed record Rule(double Minimum, double Maximum, HashSet<int>? Hashes)
    {
        public static Rule Of(FeatureRule rule, ICategoryEncoder? encoder) => new(
            rule.Minimum ?? double.NegativeInfinity,
            rule.Maximum ?? double.PositiveInfinity,
            encoder is null ? null : rule.Categories?.Select(category => encoder.Encode(Encoding.UTF8.GetBytes(category))).ToHashSet());
    }
}
