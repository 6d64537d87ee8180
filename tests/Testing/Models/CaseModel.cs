using System.IO.Compression;
using BatchScoring.Models;

namespace BatchScoring.Tests.Testing.Models;

/// <summary>
/// A model and the rows of a folder of tests/data/cases, scored in process: columns are found by the rule for every way in.
/// </summary>
public sealed class CaseModel
{
    private readonly CatBoostModel _model;
    private readonly ModelTable _table;

    /// <param name="id">The case.</param>
    /// <param name="model">Its model file, plain or packed with Brotli.</param>
    /// <param name="key">The column that names the row; null if there is none.</param>
    public CaseModel(string id, string model = "model.cbm", string? key = "id")
    {
        _model = Load(id, model);
        string[][] lines = [.. File.ReadAllLines(Repository.Data("cases", id, "rows.csv")).Select(line => line.Split(','))];
        int[] columns = [.. Enumerable.Range(0, lines[0].Length).Where(column => lines[0][column] != key)];
        int[] places = InputColumns.Find(_model.Inputs, !_model.HasFeatureNames, [.. columns.Select(column => lines[0][column])]);
        _table = new ModelTable(_model.Inputs, lines.Length - 1);
        for (int input = 0; input < places.Length; input++)
        {
            places[input].ShouldBeGreaterThanOrEqualTo(0, $"column {_model.Inputs[input].Name}");
            GoldenCase.FillColumn(_table, input, [.. lines.Skip(1).Select(cells => cells[columns[places[input]]])]);
        }
    }

    public CatBoostModel Model => _model;

    public static CatBoostModel Load(string id, string model = "model.cbm")
    {
        byte[] file = File.ReadAllBytes(Repository.Data("cases", id, model));
        if (!model.EndsWith(".br", StringComparison.Ordinal)) return CatBoostModel.Load(file);
        using var unpacked = new MemoryStream();
        using (var packed = new BrotliStream(new MemoryStream(file), CompressionMode.Decompress)) packed.CopyTo(unpacked);
        return CatBoostModel.Load(unpacked.ToArray());
    }

    /// <summary>The answers row by row.</summary>
    public double[][] Answer(PredictionType type) => Compute(_model.PredictionOf(type));

    /// <summary>What a run publishes, row by row.</summary>
    public double[][] Scores() => Compute(_model.Scores());

    /// <summary>The classes as texts.</summary>
    public string[] Classes()
    {
        ClassLabels labels = _model.PredictionOf(PredictionType.Class).Labels!;
        return [.. Answer(PredictionType.Class).Select(row => labels.Texts[(int)row[0]])];
    }

    private double[][] Compute(Prediction prediction)
    {
        double[] raw = [.. _table.Score(_model.CreateScorer()).SelectMany(column => column)];
        int rows = _table.Rows, columns = prediction.Columns.Length;
        double[] output = new double[columns * rows];
        prediction.Compute(raw, rows, output);
        return [.. Enumerable.Range(0, rows)
            .Select(row => Enumerable.Range(0, columns).Select(column => output[(column * rows) + row]).ToArray())];
    }
}
