#:package BatchScoring.Models@0.1.0-*
#:property PublishAot=false
// Scores rows with the package BatchScoring.Models: dotnet run score-rows.cs, beside a model.cbm (such as the one in
// tests/data/golden/catboost-next/class-threshold), where a NuGet source has the package (scripts/pack makes one).
using BatchScoring.Models;

CatBoostPredictor model = CatBoostModel.LoadFile("model.cbm").CreatePredictor(PredictionType.RawFormulaVal);

// A row as the training table had it: its numbers, NaN for missing, and its categories.
double one = model.Predict([-79.01525115966797f, 0.09921098500490189f, -532.8748779296875f, -1.9885241985321045f], ["a"]);

// A batch, row after row: several times faster than one by one.
float[] numbers = [-79.01525115966797f, 0.09921098500490189f, -532.8748779296875f, -1.9885241985321045f, 1, 2, 3, float.NaN];
double[] many = model.PredictBatch(numbers, ["a", "b"]);

// Named values, in any order; what the model does not use is ignored.
double named = model.Predict(
    new Dictionary<string, object?> { ["n0"] = 1, ["n1"] = 2.0, ["n2"] = 3m, ["n3"] = null, ["c0"] = "b", ["branch"] = 7 });

Console.WriteLine(string.Join(' ', new[] { one, many[0], many[1], named }.Select(answer => answer.ToString("R"))));
