using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace BatchScoring.Models.CatBoost.Predicting;

/// <summary>A row as the training table has it, and which of its values the model reads.</summary>
internal sealed class TrainingTable
{
    /// <summary>So many values of a row are kept on the stack; longer rows take memory.</summary>
    public const int OnStack = 1024;

    private const int TextBytesOnStack = 512;

    private readonly int[] _numbers;
    private readonly int[] _categories;

    public TrainingTable(CatBoostModel model)
    {
        NumericColumns = [.. model.FloatFeatures.Select(feature => ModelInputs.NameOf(feature.Id, feature.FlatIndex))];
        CategoricalColumns = [.. model.CategoricalFeatures.Select(feature => ModelInputs.NameOf(feature.Id, feature.FlatIndex))];
        _numbers = Features(model, ModelInputKind.Numeric);
        _categories = Features(model, ModelInputKind.Categorical);
    }

    public ImmutableArray<string> NumericColumns { get; }

    public ImmutableArray<string> CategoricalColumns { get; }

    public static int Encode(string category)
    {
        ArgumentNullException.ThrowIfNull(category);
        int longest = Encoding.UTF8.GetMaxByteCount(category.Length);
        if (longest <= TextBytesOnStack)
        {
            Span<byte> utf8 = stackalloc byte[TextBytesOnStack];
            return CategoryHash.Of(utf8[..Encoding.UTF8.GetBytes(category, utf8)]);
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(longest);
        int code = CategoryHash.Of(rented.AsSpan(0, Encoding.UTF8.GetBytes(category, rented)));
        ArrayPool<byte>.Shared.Return(rented);
        return code;
    }

    /// <summary>Takes the values that the model reads out of a row.</summary>
    public void Pick(ReadOnlySpan<float> numbers, ReadOnlySpan<string> categories, Span<float> usedNumbers, Span<int> usedCodes)
    {
        for (int i = 0; i < _numbers.Length; i++) usedNumbers[i] = numbers[_numbers[i]];
        for (int i = 0; i < _categories.Length; i++) usedCodes[i] = Encode(categories[_categories[i]]);
    }

    /// <summary>How many rows these values are.</summary>
    public int Rows(int numbers, int categories)
    {
        int rows = NumericColumns.Length > 0 ? numbers / NumericColumns.Length : CategoricalColumns.Length > 0
            ? categories / CategoricalColumns.Length : 0;
        Check(numbers, categories, rows);
        return rows;
    }

    public void Check(int numbers, int categories, int rows)
    {
        Check(numbers, NumericColumns, rows, "numbers");
        Check(categories, CategoricalColumns, rows, "categories");
    }

    private static void Check(int found, ImmutableArray<string> columns, int rows, string what)
    {
        if (found == (long)columns.Length * rows) return;
        string names = columns.Length == 0 ? "" : $" ({string.Join(", ", columns.Take(5))}{(columns.Length > 5 ? " …" : "")})";
        string of = rows == 1 ? "The row has" : $"{rows} rows have";
        throw new ArgumentException($"{of} {found} {what}; the model was trained on {columns.Length} such columns{names}.", what);
    }

    private static int[] Features(CatBoostModel model, ModelInputKind kind) =>
        [.. Enumerable.Range(0, model.Inputs.Length).Where(i => model.Inputs[i].Kind == kind).Select(i => model.InputFeatures[i])];
}
