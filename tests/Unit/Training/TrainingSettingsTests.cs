using System.Reflection;
using BatchScoring.Training;
using BatchScoring.Training.Continuing;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>A snapshot must know every parameter that decides trees.</summary>
public sealed class TrainingSettingsTests
{
    /// <summary>What may change between two parts of a training; all else may not.</summary>
    private static readonly string[] Free =
    [
        nameof(TrainingParameters.Iterations), nameof(TrainingParameters.EvalMetric), nameof(TrainingParameters.CustomMetrics),
        nameof(TrainingParameters.MetricPeriod), nameof(TrainingParameters.UseBestModel), nameof(TrainingParameters.BestModelMinTrees),
        nameof(TrainingParameters.OdType), nameof(TrainingParameters.OdWait), nameof(TrainingParameters.OdPval),
        nameof(TrainingParameters.Name), nameof(TrainingParameters.Given),
        nameof(TrainingParameters.Classes), // the labels that come of them are compared
        nameof(TrainingParameters.LearningRate), // the rate that comes of it is compared
    ];

    public static TheoryData<string> Deciding { get; } =
    [
        .. typeof(TrainingParameters).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).Where(name => !Free.Contains(name)),
    ];

    [Theory]
    [MemberData(nameof(Deciding))]
    public void Of_WithAnotherValue_IsAnother(string name)
    {
        PropertyInfo property = typeof(TrainingParameters).GetProperty(name)!;
        TrainingParameters other = new();
        property.SetValue(other, Other(property.PropertyType, property.GetValue(other)));

        Text(other).ShouldNotBe(Text(new TrainingParameters()));
    }

    private static string Text(TrainingParameters parameters) => string.Join('\n', TrainingSettings.Of(parameters, 0.1f, 30));

    private static object Other(Type type, object? value)
    {
        Type own = Nullable.GetUnderlyingType(type) ?? type;
        if (own.IsEnum) return Enum.GetValues(own).Cast<object>().Last(one => !one.Equals(value));
        if (own == typeof(bool)) return value is not true;
        if (own == typeof(int)) return (value is int number ? number : 7) + 1;
        if (own == typeof(float)) return (value is float real ? real : 7) + 1;
        if (own == typeof(ulong)) return 1UL;
        if (own == typeof(Loss)) return Loss.Parse("Quantile:alpha=0.3");
        if (own == typeof(ColumnQuantisation)) return new ColumnQuantisation { BorderCount = 3 };
        if (own == typeof(IReadOnlyCollection<string>)) return new[] { "a" };
        if (own == typeof(IReadOnlyList<float>)) return new[] { 1f, 2f };
        if (own == typeof(IReadOnlyList<CtrDefinition>)) return new[] { CtrDefinition.Parse("Counter:Prior=2") };
        if (own == typeof(IReadOnlyDictionary<string, IReadOnlyList<CtrDefinition>>))
            return new Dictionary<string, IReadOnlyList<CtrDefinition>> { ["a"] = [CtrDefinition.Parse("Counter:Prior=2")] };
        return new Dictionary<string, ColumnQuantisation> { ["a"] = new() };
    }
}
