using System.Text.Json.Nodes;
using BatchScoring.Models;
using BatchScoring.SparkJobs.Fit;
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

    /// <summary>CatBoost takes them; they are out of this trainer's scope, and refused by name.</summary>
    private static readonly string[] NotDoneHere =
    [
        """{"grow_policy":"Depthwise"}""", """{"grow_policy":"Lossguide"}""", """{"boosting_type":"Ordered"}""",
        """{"monotone_constraints":[1,0,0,0]}""", """{"langevin":true}""", """{"posterior_sampling":true}""",
        // These three have no formulas in CatBoost's facts that were proved.
        """{"leaf_estimation_method":"Simple"}""", """{"loss_function":"MultiQuantile:alpha=0.2,0.5"}""", """{"loss_function":"LogLinQuantile"}""",
    ];

    /// <summary>Refused by the command, which knows of files and eval sets.</summary>
    private static readonly string[] OfTheCommand = ["""{"use_best_model":true}""", """{"nan_mode":"Forbidden"}"""];

    /// <summary>Every line whose data are any: all but those of <see cref="RefusedTablesTests"/>.</summary>
    public static TheoryData<string, string, string> Parameters()
    {
        TheoryData<string, string, string> data = [];
        foreach (RefusalLine line in RefusalLine.All.Where(line => !IsOfTheCommand(line)))
            data.Add(line.What, line.Parameters, NotDoneHere.Contains(line.Parameters) ? "refused by name"
                : line.IsAccepted && !WrongThere.Contains(line.Parameters) ? "taken" : "refused");
        return data;
    }

    /// <summary>Whether a line says something of labels, weights, rows or eval sets.</summary>
    internal static bool IsOfTheCommand(RefusalLine line) =>
        line.What.Contains(": ", StringComparison.Ordinal) || line.What.StartsWith("eval set", StringComparison.Ordinal)
        || OfTheCommand.Contains(line.Parameters);

    [Fact]
    public void ListedLines_AreInTheFile() =>
        NotDoneHere.Concat(WrongThere).Concat(OfTheCommand).Except(RefusalLine.All.Select(line => line.Parameters)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Fit_Parameters_AreTakenOrRefusedAsThere(string what, string parameters, string answer)
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

        if (answer == "taken") refused.ShouldBeNull($"{what}: {refused?.Message}");
        else refused.ShouldNotBeNull(what);
        if (answer == "refused by name") refused!.Fault.ShouldBe(TrainingFault.Unsupported, refused.Message);
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
