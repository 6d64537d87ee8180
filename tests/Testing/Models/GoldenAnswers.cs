using System.Globalization;
using System.Text;
using BatchScoring.Models;

namespace BatchScoring.Tests.Testing.Models;

/// <summary>A model with rows and every kind of CatBoost's answers, from tests/data/golden/catboost-next (README there).</summary>
public sealed class GoldenAnswers
{
    public const string Folder = "catboost-next";

    private GoldenAnswers(CatBoostModel model, ModelTable table, IReadOnlyDictionary<string, string[]> expected) =>
        (Model, Table, Expected) = (model, table, expected);

    public static IEnumerable<string> Names =>
        Directory.GetDirectories(Repository.Data("golden", Folder)).Select(path => Path.GetFileName(path)).Order();

    public CatBoostModel Model { get; }

    public ModelTable Table { get; }

    /// <summary>CatBoost's answers as texts, by column.</summary>
    public IReadOnlyDictionary<string, string[]> Expected { get; }

    public static GoldenAnswers Load(string name, string model = "model.cbm")
    {
        var loaded = CatBoostModel.LoadFile(Repository.Data("golden", Folder, name, model));
        Dictionary<string, string[]> cells = ReadCsv(Repository.Data("golden", Folder, name, "input.csv"));
        var table = new ModelTable(loaded.Inputs, cells.First().Value.Length);
        for (int column = 0; column < loaded.Inputs.Length; column++)
            GoldenCase.FillColumn(table, column, cells[loaded.Inputs[column].Name]);
        return new(loaded, table, ReadCsv(Repository.Data("golden", Folder, name, "expected.csv")));
    }

    /// <summary>Our answers, column by column.</summary>
    public IReadOnlyDictionary<string, double[]> Answer(PredictionType type)
    {
        Prediction prediction = Model.PredictionOf(type);
        double[] raw = [.. Table.Score(Model.CreateScorer()).SelectMany(column => column)];
        double[] output = new double[prediction.Columns.Length * Table.Rows];
        prediction.Compute(raw, Table.Rows, output);
        return prediction.Columns.Select((name, i) => (name, Values: output[(i * Table.Rows)..((i + 1) * Table.Rows)]))
            .ToDictionary(column => column.name, column => column.Values);
    }

    public static double Parse(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static Dictionary<string, string[]> ReadCsv(string path)
    {
        List<string>[] rows = [.. File.ReadAllText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Cells(line.TrimEnd('\r')))];
        return rows[0].Select((name, column) => (name, Cells: rows.Skip(1).Select(row => row[column]).ToArray()))
            .ToDictionary(column => column.name, column => column.Cells);
    }

    private static List<string> Cells(string line)
    {
        List<string> cells = [];
        StringBuilder cell = new();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (quoted && line[i] == '"' && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]);
            else if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(line[i]);
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
