using System.Globalization;
using System.Text.Json;
using BatchScoring.Models;

namespace BatchScoring.Tests.Testing.Models;

/// <summary>A model and CatBoost's importances of it, from tests/data/golden/explain (README there).</summary>
public sealed class GoldenImportance
{
    private readonly string _folder;
    private readonly string _model;

    private GoldenImportance(string folder)
    {
        _folder = folder;
        string named = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json"))).RootElement.GetProperty("model").GetString()!;
        _model = File.Exists(Path.Combine(folder, named)) ? Path.Combine(folder, named) : Repository.Data("golden", named);
        Model = CatBoostModel.LoadFile(_model);
    }

    public static IEnumerable<string> Names =>
        Directory.GetDirectories(Repository.Data("golden", "explain")).Select(path => Path.GetFileName(path)).Order();

    public CatBoostModel Model { get; }

    public static GoldenImportance Load(string name) => new(Repository.Data("golden", "explain", name));

    /// <summary>CatBoost's numbers per column; null if the case has none.</summary>
    public double[]? Column(string name)
    {
        string[][] cells = Cells("importance.csv")!;
        int column = Array.IndexOf(cells[0], name);
        return column < 0 ? null : [.. cells.Skip(1).Select(row => Number(row[column]))];
    }

    /// <summary>Pairs of columns with their percent, those of the model that went through JSON where there are two.</summary>
    public Dictionary<(int First, int Second), double>? Interactions() => (Cells("interaction_additive.csv") ?? Cells("interaction.csv"))
        ?.Skip(1).ToDictionary(row => ((int)Number(row[0]), (int)Number(row[1])), row => Number(row[2]));

    /// <summary>The rows that losses were counted on, and their labels as the loss takes them; null if the case has none.</summary>
    public (ModelTable Table, float[] Labels)? Rows()
    {
        string rows = Path.Combine(_folder, "train.csv");
        if (!File.Exists(rows)) rows = Path.Combine(Path.GetDirectoryName(_model)!, "input.csv");
        if (Cells("labels.csv") is not { } labels || labels[0].Length > 1 || !File.Exists(rows)) return null;
        string[][] cells = [.. File.ReadAllLines(rows).Select(line => line.Split(','))];
        ModelTable table = new(Model.Inputs, cells.Length - 1);
        for (int column = 0; column < Model.Inputs.Length; column++)
        {
            int place = Array.IndexOf(cells[0], Model.Inputs[column].Name);
            GoldenCase.FillColumn(table, column, [.. cells.Skip(1).Select(row => row[place])]);
        }

        ClassLabels? classes = Model.Describe().Labels;
        return (table, [.. labels.Skip(1).Select(row => classes is null ? (float)Number(row[0]) : classes.Texts.IndexOf(row[0]))]);
    }

    private string[][]? Cells(string file)
    {
        string path = Path.Combine(_folder, file);
        return File.Exists(path) ? [.. File.ReadAllLines(path).Select(line => line.Split(','))] : null;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
