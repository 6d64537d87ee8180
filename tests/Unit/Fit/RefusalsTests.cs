using System.Text.Json.Nodes;
using BatchScoring.Models;
using BatchScoring.SparkJobs.Fit;
using BatchScoring.Tests.Testing;
using BatchScoring.Training;

namespace BatchScoring.Tests.Unit.Fit;

/// <summary>
/// What CatBoost refuses is refused here; what it takes is taken, or refused by name because it is not done here; what it gets wrong without
/// a word is refused.
/// </summary>
public sealed class RefusalsTests
{
    private const int Rows = 200;

    /// <summary>CatBoost takes them and does something that nobody meant.</summary>
    private static readonly string[] WrongThere = ["""{"loss_function":"Logloss","objective":"Logloss","iterations":3}"""];

    /// <summary>Refused by the command, which knows of files and eval sets; tried there.</summary>
    private static readonly string[] OfTheCommand = ["""{"use_best_model":true}""", """{"nan_mode":"Forbidden"}"""];

    public static TheoryData<string, string, bool> Parameters()
    {
        TheoryData<string, string, bool> data = [];
        foreach (JsonNode? one in JsonNode.Parse(File.ReadAllText(Repository.Data("training-numeric", "refusals.json")))!.AsArray())
        {
            string what = one!["what"]!.GetValue<string>(), parameters = one["params"]!.ToJsonString();
            if (!what.Contains(": ", StringComparison.Ordinal) && !OfTheCommand.Contains(parameters))
                data.Add(what, parameters, one["accepted"]!.GetValue<bool>() && !WrongThere.Contains(parameters));
        }

        return data;
    }

    [Fact]
    public void Lines_ThatAreTried_AreMany() => Parameters().Count.ShouldBeGreaterThanOrEqualTo(195);

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Fit_Parameters_AreTakenOrRefusedAsThere(string what, string parameters, bool isTaken)
    {
        TrainingException? refused = null;
        try
        {
            Train(JsonNode.Parse(parameters)!.AsObject());
        }
        catch (TrainingException e)
        {
            refused = e;
        }

        if (isTaken) refused?.Fault.ShouldBe(TrainingFault.Unsupported, $"{what}: {refused.Message}");
        else refused.ShouldNotBeNull(what);
        refused?.Message.ShouldEndWith(".");
    }

    private static void Train(JsonObject given)
    {
        var parameters = FitParameters.Read(given);
        string[] names = ["x0", "x1", "x2", "x3"];
        System.Random random = new(1);
        float[][] cells = [.. names.Select((_, column) => Enumerable.Range(0, Rows).Select(row => column == 2 && row % 9 == 0
            ? float.NaN : (float)random.NextDouble()).ToArray())];
        int[] labels = [.. cells[0].Select((cell, row) => cell + (0.3f * cells[1][row]) > 0.6f ? 1 : 0)];
        LossFunction loss = parameters.Training.Loss.Function;
        bool areClasses = ClassRules.AreClasses(loss) && parameters.Classes.TargetBorder is null;
        int columns = loss is LossFunction.MultiRMSE or LossFunction.MultiLogloss or LossFunction.MultiCrossEntropy ? 2 : 1;
        RowFacts facts = areClasses
            ? new(Rows, [new(ClassLabelType.Integer, "0"), new(ClassLabelType.Integer, "1")], labels, [], null)
            : new(Rows, [], [], [.. Enumerable.Repeat(Array.ConvertAll(labels, label => (float)label), columns)], null);
        TrainingParameters training = parameters.For(names) with { Iterations = Math.Min(parameters.Training.Iterations, 3) };
        (training, float[][] targets) = Targets.Of(facts, parameters, training, ["label"]);
        CatBoostModel model = CatBoostTrainer.Train(
            new LearnTable([.. names.Zip(cells, (name, values) => new NumericColumn(name, values))], targets), training, new TrainingRun()).Model;
        model.Symmetric!.Depths.Length.ShouldBe(training.Iterations);
    }
}
