using System.Globalization;
using System.Text;
using BatchScoring.Models;

namespace BatchScoring.Tests.Testing.Models;

/// <summary>A model with rows and CatBoost's own answers, from tests/data/golden.</summary>
public sealed class GoldenCase
{
    private GoldenCase(CatBoostModel model, ModelTable table, IReadOnlyDictionary<string, double[]> expected,
        IReadOnlyDictionary<string, string[]>? texts = null)
    {
        Model = model;
        Table = table;
        Expected = expected;
        Texts = texts ?? new Dictionary<string, string[]>();
    }

    public CatBoostModel Model { get; }

    public ModelTable Table { get; }

    /// <summary>The cells of a case's CSV file by column name; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string[]> Texts { get; }

    /// <summary>CatBoost's answers by column name.</summary>
    public IReadOnlyDictionary<string, double[]> Expected { get; }

    /// <summary>All cases with raw values, for example <c>catboost/multiclass</c>; <see cref="GoldenAnswers"/> are others.</summary>
    public static IEnumerable<string> Names =>
        Directory.GetFiles(Repository.Data("golden"), "input.*", SearchOption.AllDirectories)
            .Select(input => Path.GetRelativePath(Repository.Data("golden"), Path.GetDirectoryName(input)!))
            .Where(name => !name.StartsWith(GoldenAnswers.Folder, StringComparison.Ordinal)).Order();

    /// <summary>The raw values, one array per output, whatever the case calls them.</summary>
    public double[][] ExpectedRaw =>
        [.. Expected.Where(column => column.Key.StartsWith("RawFormulaVal", StringComparison.Ordinal) || column.Key[0] == 'o')
            .Select(column => column.Value)];

    /// <summary>The models of golden/training; their rows are those of the credit card table with ID % 5 = 0.</summary>
    public static IEnumerable<string> TrainingNames =>
        Directory.GetDirectories(Repository.Data("golden", "training")).Select(folder => Path.Combine("training", Path.GetFileName(folder)))
            .Order();

    public static GoldenCase LoadTraining(string name)
    {
        var model = CatBoostModel.LoadFile(Repository.Data("golden", name, "model.cbm"));
        IReadOnlyDictionary<string, double[]> answers = ReadAnswers(Repository.Data("golden", name, "expected.csv"));
        var ids = answers["ID"].Select(id => (int)id).ToHashSet();
        Dictionary<string, string[]> cells = ReadCsv(Repository.Data("UCI_Credit_Card.csv"));
        int[] rows = Enumerable.Range(0, cells["ID"].Length)
            .Where(row => ids.Contains(int.Parse(cells["ID"][row], CultureInfo.InvariantCulture))).ToArray();
        var table = new ModelTable(model.Inputs, rows.Length);
        for (int column = 0; column < model.Inputs.Length; column++)
            FillColumn(table, column, [.. rows.Select(row => cells[model.Inputs[column].Name][row])]);
        return new(model, table, answers);
    }

    public static GoldenCase Load(string name) =>
        File.Exists(Repository.Data("golden", name, "input.csv")) ? LoadCsv(name) : LoadParquet(name);

    private static GoldenCase LoadParquet(string name)
    {
        var model = CatBoostModel.LoadFile(Repository.Data("golden", name, "model.cbm"));
        ModelTable table = ParquetColumns.ReadTable(Repository.Data("golden", name, "input.parquet"), model);
        string answers = Repository.Data("golden", name, "expected.csv");
        return new(model, table, File.Exists(answers)
            ? ReadAnswers(answers)
            : ParquetColumns.ReadDoubles(Path.ChangeExtension(answers, "parquet")));
    }

    private static GoldenCase LoadCsv(string name)
    {
        var model = CatBoostModel.LoadFile(Repository.Data("golden", name, "model.cbm"));
        Dictionary<string, string[]> cells = ReadCsv(Repository.Data("golden", name, "input.csv"));
        var table = new ModelTable(model.Inputs, cells.First().Value.Length);
        for (int column = 0; column < model.Inputs.Length; column++) FillColumn(table, column, cells[model.Inputs[column].Name]);
        return new(model, table, ReadAnswers(Repository.Data("golden", name, "expected.csv")), cells);
    }

    public static IReadOnlyDictionary<string, double[]> ReadAnswers(string path) =>
        ReadCsv(path).ToDictionary(column => column.Key, column => column.Value.Select(ParseAnswer).ToArray());

    private static double ParseAnswer(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    public static void FillColumn(ModelTable table, int column, string[] cells)
    {
        if (table.Inputs[column].Kind == ModelInputKind.Categorical)
            for (int row = 0; row < cells.Length; row++)
                table.Categorical(column)[row] = CategoryHash.Of(Encoding.UTF8.GetBytes(cells[row]));
        else
            for (int row = 0; row < cells.Length; row++) table.Numeric(column)[row] = ParseNumber(cells[row]);
    }

    private static float ParseNumber(string text) => text.Length == 0 ? float.NaN : float.Parse(text, CultureInfo.InvariantCulture);

    private static Dictionary<string, string[]> ReadCsv(string path)
    {
        string[][] lines = File.ReadAllLines(path).Select(line => line.Replace("\"", "", StringComparison.Ordinal).Split(',')).ToArray();
        return lines[0].Select((name, column) => (name, column)).ToDictionary(
            header => header.name, header => lines.Skip(1).Select(cells => cells[header.column]).ToArray());
    }
}
