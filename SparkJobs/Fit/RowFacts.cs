using System.Globalization;
using System.Text;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Tables;
using BatchScoring.Training;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>What is read of the rows before any feature: labels and weights.</summary>
/// <param name="Rows">How many rows count.</param>
/// <param name="Found">Labels that are classes, each once; empty for numbers.</param>
/// <param name="Classes">For every row the place of its label in <paramref name="Found"/>; empty for numbers.</param>
/// <param name="Numbers">Labels × rows, of numbers; empty for classes.</param>
/// <param name="Weights">One per row; null for none.</param>
internal sealed record RowFacts(int Rows, IReadOnlyList<ClassLabel> Found, int[] Classes, float[][] Numbers, float[]? Weights)
{
    /// <summary>What raw values start from, outputs × rows; null for none.</summary>
    public float[][]? Baseline { get; init; }

    /// <summary>Reads them.</summary>
    /// <param name="source">The files.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="options">Which columns.</param>
    /// <param name="areClasses">Whether the label stands for a class, or is a number.</param>
    /// <param name="cancellation">Ends it.</param>
    public static RowFacts Read(FitSource source, RowSet rows, FitOptions options, bool areClasses, CancellationToken cancellation)
    {
        using LazyDatabase database = source.Database();
        LabelTexts? texts = areClasses && !IsFloating(database, source, options.Labels[0]) ? new LabelTexts() : null;
        List<ColumnRequest> requests = [.. options.Labels.Select(label => texts is null
            ? new ColumnRequest(label, ColumnKind.Number) : new ColumnRequest(label, ColumnKind.Category, texts))];
        if (options.Weight is { } weight) requests.Add(new ColumnRequest(weight, ColumnKind.Number));
        requests.AddRange(options.Baseline.Select(column => new ColumnRequest(column, ColumnKind.Number)));
        RowFactsReader reader = new(options, texts);
        foreach (FileRows file in rows.Files)
        {
            using ISplitReader split = source.Open(database, file.File, new FileSplit(file.File.File), requests, cancellation);
            reader.Read(split, file);
        }

        if (options.Weight is { } column && reader.Rows > 0 && reader.Weights.TrueForAll(one => one == 0)) throw FitErrors.AllWeightsZero(column);
        RowFacts facts = new(reader.Rows, [], [], [], options.Weight is null ? null : [.. reader.Weights])
        {
            Baseline = options.Baseline.Count == 0 ? null : [.. reader.Baselines.Select(values => values.ToArray())],
        };
        if (!areClasses) return facts with { Numbers = [.. reader.Numbers.Select(numbers => numbers.ToArray())] };
        if (texts is not null)
        {
            (ClassLabel[] found, int[] classes) = Distinct(reader.Codes, Kinds(texts.Texts, reader.Codes.Distinct(), source, database, options.Labels[0]));
            return facts with { Found = found, Classes = classes };
        }

        float[] different = [.. reader.Numbers[0].Distinct()];
        var places = different.Index().ToDictionary(one => one.Item, one => one.Index);
        return facts with { Found = [.. different.Select(ClassLabel.Of)], Classes = [.. reader.Numbers[0].Select(number => places[number])] };
    }

    /// <summary>Labels that mean the same, as 1 and 01 do, are one.</summary>
    private static (ClassLabel[] Found, int[] Classes) Distinct(List<int> codes, Dictionary<int, ClassLabel> labels)
    {
        ClassLabel[] found = [.. labels.Values.Distinct()];
        var places = labels.ToDictionary(one => one.Key, one => Array.IndexOf(found, one.Value));
        return (found, [.. codes.Select(code => places[code])]);
    }

    /// <summary>A text table's labels are what all of them can be read as; those of Parquet what their type says.</summary>
    private static Dictionary<int, ClassLabel> Kinds(
        IReadOnlyList<string> texts, IEnumerable<int> seen, FitSource source, LazyDatabase database, string column)
    {
        int[] codes = [.. seen];
        DuckType type = TypeOf(database, source, column);
        if (type == DuckType.Boolean) return codes.ToDictionary(code => code, code => new ClassLabel(ClassLabelType.Boolean, texts[code] == "1" ? "true" : "false"));
        bool isText = source.Files[0].IsText;
        bool All(Func<string, bool> test) => codes.All(code => test(texts[code]));
        if ((isText || type != DuckType.Varchar) && All(text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
            return codes.ToDictionary(code => code, code => new ClassLabel(
                ClassLabelType.Integer, long.Parse(texts[code], CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)));
        if (isText && All(text => text is "true" or "false" or "True" or "False" or "TRUE" or "FALSE"))
            return codes.ToDictionary(code => code, code => new ClassLabel(ClassLabelType.Boolean, texts[code].ToLowerInvariant()));
        return isText && All(text => NumberText.TryParse(Encoding.UTF8.GetBytes(text), out float number) && float.IsFinite(number))
            ? codes.ToDictionary(code => code, code => ClassLabel.Of(float.Parse(texts[code], CultureInfo.InvariantCulture)))
            : codes.ToDictionary(code => code, code => new ClassLabel(ClassLabelType.String, texts[code]));
    }

    private static bool IsFloating(LazyDatabase database, FitSource source, string column) =>
        TypeOf(database, source, column) is DuckType.Float or DuckType.Double or DuckType.Decimal;

    /// <summary>As the first file has it; a text table holds texts.</summary>
    private static DuckType TypeOf(LazyDatabase database, FitSource source, string column)
    {
        FitFile first = source.Files[0];
        if (first.IsText) return DuckType.Varchar;
        using DuckConnection connection = database.Value.Connect();
        using DuckResult result = connection.Query(
            $"SELECT {DuckSql.Identifier(column)} FROM {ParquetSql.NumberedView(first.File.Path, source.Names, first.File.Columns)} LIMIT 0");
        return result.Columns[0].Type;
    }
}
