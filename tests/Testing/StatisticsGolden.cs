using System.Globalization;
using System.Text.Json;

namespace BatchScoring.Tests.Testing;

/// <summary>A data set with the numbers that scipy, scikit-learn and statsmodels have for it: tests/data/statistics/golden.</summary>
public sealed class StatisticsGolden
{
    private readonly JsonElement _root;

    private StatisticsGolden(JsonElement root) => _root = root;

    public static StatisticsGolden Read(string name) =>
        new(JsonDocument.Parse(File.ReadAllBytes(Repository.Data("statistics", "golden", name + ".json"))).RootElement);

    /// <summary>A column of values; NaN is missing.</summary>
    public double[] Column(string name)
    {
        JsonElement column = _root.GetProperty("data").GetProperty(name);
        if (column.TryGetProperty("values", out JsonElement values)) return [.. values.EnumerateArray().Select(Number)];
        var draws = new Draws(column.GetProperty("seed").GetUInt64());
        return [.. Enumerable.Range(0, column.GetProperty("n").GetInt32()).Select(_ => draws.Value(column))];
    }

    /// <summary>The outcomes of a score.</summary>
    public byte[] Labels(double[] scores)
    {
        JsonElement label = _root.GetProperty("data").GetProperty("label");
        if (label.TryGetProperty("values", out JsonElement values)) return [.. values.EnumerateArray().Select(value => value.GetByte())];
        var draws = new Draws(label.GetProperty("seed").GetUInt64());
        double a = label.GetProperty("a").GetDouble(), b = label.GetProperty("b").GetDouble();
        return [.. scores.Select(score => draws.Next() < a + (b * score) ? (byte)1 : (byte)0)];
    }

    public JsonElement Value(string id) => Expected(id).GetProperty("value");

    /// <summary>Holds a figure to the tolerance that the file gives.</summary>
    public void ShouldHave(string id, double actual) => Near(actual, Number(Value(id)), Expected(id), id);

    public void ShouldHave(string id, IEnumerable<double> actual)
    {
        double[] numbers = [.. actual], wanted = [.. Value(id).EnumerateArray().Select(Number)];
        numbers.Length.ShouldBe(wanted.Length, id);
        for (int i = 0; i < numbers.Length; i++) Near(numbers[i], wanted[i], Expected(id), $"{id}[{i}]");
    }

    public static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => double.NaN,
        JsonValueKind.String => value.GetString() switch
        {
            "inf" =>
            double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.NaN
        },
        _ => value.GetDouble(),
    };

    private JsonElement Expected(string id) =>
        _root.GetProperty("expected").EnumerateArray().Single(e => e.GetProperty("id").GetString() == id);

    private void Near(double actual, double wanted, JsonElement expected, string id)
    {
        if (actual.Equals(wanted)) return;
        double absolute = expected.TryGetProperty("atol", out JsonElement atol) && atol.ValueKind == JsonValueKind.Number
            ? atol.GetDouble()
            : 0;
        double allowed = absolute + (expected.GetProperty("rtol").GetDouble() * Math.Abs(wanted));
        Math.Abs(actual - wanted).ShouldBeLessThanOrEqualTo(allowed,
            string.Create(CultureInfo.InvariantCulture,
                $"{_root.GetProperty("name").GetString()}: {id} is {actual:R}, golden is {wanted:R}"));
    }

    /// <summary>The generator that the files name lcg64.</summary>
    private sealed class Draws
    {
        private ulong _state;

        public Draws(ulong seed)
        {
            _state = seed;
            for (int i = 0; i < 10; i++) Next();
        }

        public double Next()
        {
            _state = unchecked((_state * 6364136223846793005) + 1442695040888963407);
            return (_state >> 11) / 9007199254740992.0;
        }

        public double Value(JsonElement column)
        {
            double value = Drawn(column);
            if (column.TryGetProperty("scale", out JsonElement scale)) value *= scale.GetDouble();
            if (column.TryGetProperty("shift", out JsonElement shift)) value += shift.GetDouble();
            return column.TryGetProperty("missing", out JsonElement missing) && Next() < missing.GetDouble() ? double.NaN : value;
        }

        private double Drawn(JsonElement column)
        {
            double Part(string name) => column.GetProperty(name).GetDouble();
            string kind = column.GetProperty("kind").GetString()!;
            if (kind == "sum12")
            {
                double sum = Next();
                for (int i = 1; i < 12; i++) sum += Next();
                return sum - 6;
            }

            double a = Next(), v = (2 * a) - 1;
            return kind switch
            {
                "uniform" => a,
                "square" => a * a,
                "heavy" => v / (1 - (v * v)),
                "steps" => Math.Floor(a * Part("k")),
                "skewsteps" => Math.Floor(a * a * Part("k")),
                "spike" => a < Part("at_zero") ? 0 : (a - Part("at_zero")) / (1 - Part("at_zero")),
                _ => throw new NotSupportedException(kind),
            };
        }
    }
}
