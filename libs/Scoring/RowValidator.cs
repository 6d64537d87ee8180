using System.Numerics;
using System.Text;
using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Tables;

namespace BatchScoring.Scoring;

/// <summary>
/// Decides which rows of a block may be scored. A row has one reason at most: its key first, then the first column at fault in the order
/// of the model's columns. Good blocks cost one vector comparison per 8 or 16 numbers and allocate nothing.
/// </summary>
/// <remarks>Not thread safe; one per task.</remarks>
public sealed class RowValidator : IRowValidator
{
    private readonly string _key;
    private readonly IReadOnlyList<ColumnRequest> _columns;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly AscendingRows _duplicates;
    private readonly RejectRow _reject;
    private readonly Rule?[] _rules;
    private readonly int[] _fault = new int[ColumnBlock.MaxRows];
    private readonly string?[] _code = new string?[ColumnBlock.MaxRows];
    private readonly bool[] _keep = new bool[ColumnBlock.MaxRows];

    /// <param name="key">The key column.</param>
    /// <param name="inputs">The model's columns.</param>
    /// <param name="columns">What was asked of the file for them, in the same order.</param>
    /// <param name="rules">What the model's contract allows; rules without a feature do not count.</param>
    /// <param name="duplicates">Rows whose key came before, ascending.</param>
    /// <param name="reject">Takes the rows that may not be scored.</param>
    /// <exception cref="BatchScoringException"><c>CONTRACT_INVALID</c>: a feature has two rules.</exception>
    public RowValidator(
        string key, IReadOnlyList<ModelInput> inputs, IReadOnlyList<ColumnRequest> columns, IReadOnlyList<FeatureRule> rules,
        IReadOnlyList<long> duplicates, RejectRow reject)
    {
        (_key, _columns, _reject) = (key, columns, reject);
        _duplicates = new AscendingRows(duplicates);
        for (int place = 0; place < columns.Count; place++) _places.TryAdd(columns[place].Name, place);
        Dictionary<string, FeatureRule> byName = new(StringComparer.Ordinal);
        foreach (FeatureRule rule in rules)
        {
            if (!byName.TryAdd(rule.Feature, rule))
                throw new BatchScoringException(ScoringErrors.ContractInvalid, $"The model's contract has two rules for '{rule.Feature}'.");
        }

        _rules = [.. inputs.Select(input => byName.TryGetValue(input.Name, out FeatureRule? rule) ? Rule.Of(rule, input.Encoder) : null)];
    }

    /// <summary>Takes a row that may not be scored.</summary>
    /// <param name="row">Its number in the file.</param>
    /// <param name="code">One of <see cref="QuarantineCodes"/>.</param>
    /// <param name="column">The column at fault, as the file calls it.</param>
    public delegate void RejectRow(long row, string code, string column);

    /// <inheritdoc/>
    public ReadOnlySpan<bool> Validate(ISplitReader reader)
    {
        int rows = reader.Rows;
        _fault.AsSpan(0, rows).Fill(int.MaxValue);
        foreach (CellDefect defect in reader.Defects) Blame(defect.Row, _places[defect.Column], Code(defect.Code));
        for (int column = 0; column < _columns.Count; column++)
        {
            if (_columns[column].Kind == ColumnKind.Number)
                CheckNumbers(column, reader.Block.NumbersOf(column));
            else if (_rules[column]?.Codes is { } known)
                CheckCategories(column, reader.Block.CodesOf(column), known);
        }

        for (int row = 0; row < rows; row++) _keep[row] = KeepsRow(reader, row);
        return _keep.AsSpan(0, rows);
    }

    private bool KeepsRow(ISplitReader reader, int row)
    {
        long number = reader.FirstRow + row;
        bool duplicate = _duplicates.Contains(number);
        if (reader.Key.IsNull(row)) _reject(number, QuarantineCodes.MissingKey, _key);
        else if (duplicate) _reject(number, QuarantineCodes.DuplicateKey, _key);
        else if (_fault[row] != int.MaxValue) _reject(number, _code[row]!, _columns[_fault[row]].Name);
        else return true;
        return false;
    }

    private void CheckNumbers(int column, ReadOnlySpan<float> values)
    {
        if (HasInfinity(values))
        {
            for (int row = 0; row < values.Length; row++)
            {
                if (float.IsInfinity(values[row])) Blame(row, column, QuarantineCodes.InfiniteValue);
            }
        }

        if (_rules[column] is not { } rule || !HasOutside(values, rule)) return;
        for (int row = 0; row < values.Length; row++)
        {
            // False for NaN, which is a missing value.
            if (values[row] < rule.Minimum || values[row] > rule.Maximum) Blame(row, column, QuarantineCodes.OutOfRange);
        }
    }

    private void CheckCategories(int column, ReadOnlySpan<int> codes, HashSet<int> known)
    {
        for (int row = 0; row < codes.Length; row++)
        {
            if (!known.Contains(codes[row])) Blame(row, column, QuarantineCodes.UnknownCategory);
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

    private static bool HasOutside(ReadOnlySpan<float> values, Rule rule)
    {
        Vector<float> minimum = new(rule.Minimum), maximum = new(rule.Maximum);
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> some = new(values[i..]);
            if (Vector.LessThanAny(some, minimum) || Vector.GreaterThanAny(some, maximum)) return true;
        }

        for (; i < values.Length; i++)
        {
            if (values[i] < rule.Minimum || values[i] > rule.Maximum) return true;
        }

        return false;
    }

    private static string Code(string defect) => defect switch
    {
        DefectCodes.NumberUnreadable => QuarantineCodes.UnreadableNumber,
        _ => QuarantineCodes.WrongType,
    };

    /// <summary>Limits as floats, which compare with a float as the exact limits do.</summary>
    private sealed record Rule(float Minimum, float Maximum, HashSet<int>? Codes)
    {
        public static Rule Of(FeatureRule rule, ICategoryEncoder? encoder) => new(
            AtLeast(rule.Minimum ?? double.NegativeInfinity),
            -AtLeast(-(rule.Maximum ?? double.PositiveInfinity)),
            encoder is null ? null : rule.Categories?.Select(category => encoder.Encode(Encoding.UTF8.GetBytes(category))).ToHashSet());

        /// <summary>The smallest float that is not below a limit.</summary>
        private static float AtLeast(double limit) => (float)limit < limit ? MathF.BitIncrement((float)limit) : (float)limit;
    }
}
