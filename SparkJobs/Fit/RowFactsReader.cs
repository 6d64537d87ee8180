using BatchScoring.Scoring;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>Gathers labels and weights, file after file, and refuses those that are none.</summary>
/// <param name="options">Which columns they are.</param>
/// <param name="texts">The labels' texts; null where they are numbers.</param>
internal sealed class RowFactsReader(FitOptions options, LabelTexts? texts)
{
    public int Rows { get; private set; }

    public List<int> Codes { get; } = [];

    /// <summary>Of every label column.</summary>
    public List<float>[] Numbers { get; } = [.. options.Labels.Select(_ => new List<float>())];

    public List<float> Weights { get; } = [];

    /// <summary>Of every baseline column.</summary>
    public List<float>[] Baselines { get; } = [.. options.Baseline.Select(_ => new List<float>())];

    public void Read(ISplitReader reader, FileRows file)
    {
        long read = 0;
        int before = Rows;
        while (reader.Next())
        {
            Refuse(reader, file);
            for (int row = 0; row < reader.Rows; row++)
                if (file.Counts(reader.FirstRow + row)) Add(reader, row, file.File.Shown);
            read += reader.Rows;
        }

        file.Kept = Rows - before;
        if (file.Asked is { } asked && asked != read) throw FitErrors.Usage(
            $"{file.File.Shown} has {read} rows, and DuckDB, which answers --where, sees {asked}. Convert the file to Parquet, then use --where.");
    }

    private void Add(ISplitReader reader, int row, string file)
    {
        Rows++;
        if (texts is not null) AddText(reader, row, file, texts);
        for (int label = 0; label < options.Labels.Count && texts is null; label++)
        {
            float number = reader.Block.NumbersOf(label)[row];
            if (float.IsNaN(number)) throw Missing(reader, row, file, options.Labels[label]);
            if (float.IsInfinity(number)) throw FitErrors.Label(file, reader.FirstRow + row, options.Labels[label], "the label is infinite.");
            Numbers[label].Add(number);
        }

        if (options.Weight is not null) AddWeight(reader, row, file, options.Weight);
        int beside = options.Labels.Count + (options.Weight is null ? 0 : 1);
        for (int output = 0; output < options.Baseline.Count; output++)
        {
            float start = reader.Block.NumbersOf(beside + output)[row];
            if (!float.IsFinite(start)) throw FitErrors.Baseline(file, reader.FirstRow + row, options.Baseline[output]);
            Baselines[output].Add(start);
        }
    }

    private void AddWeight(ISplitReader reader, int row, string file, string column)
    {
        float weight = reader.Block.NumbersOf(options.Labels.Count)[row];
        if (!(weight >= 0 && float.IsFinite(weight))) throw FitErrors.Weight(file, reader.FirstRow + row, column,
            float.IsNaN(weight) ? "missing" : FormattableString.Invariant($"{weight}"));
        Weights.Add(weight);
    }

    private void AddText(ISplitReader reader, int row, string file, LabelTexts found)
    {
        int code = reader.Block.CodesOf(0)[row];
        if (NumberText.MissingMarks.Contains(found.Texts[code], StringComparer.Ordinal)) throw Missing(reader, row, file, options.Labels[0]);
        Codes.Add(code);
    }

    private void Refuse(ISplitReader reader, FileRows file)
    {
        foreach (CellDefect defect in reader.Defects.Where(one => file.Counts(reader.FirstRow + one.Row)))
        {
            if (defect.Code == DefectCodes.CategoryNull) throw Missing(reader, defect.Row, file.File.Shown, defect.Column);
            if (defect.Column == options.Weight)
                throw FitErrors.Weight(file.File.Shown, reader.FirstRow + defect.Row, defect.Column, $"'{ShownText.Of(defect.Value)}'");
            throw FitErrors.Label(file.File.Shown, reader.FirstRow + defect.Row, defect.Column,
                $"the label is '{ShownText.Of(defect.Value)}', and the loss wants a number.");
        }
    }

    private static Core.BatchScoringException Missing(ISplitReader reader, int row, string file, string column) =>
        FitErrors.Label(file, reader.FirstRow + row, column, "the label is missing.");
}
