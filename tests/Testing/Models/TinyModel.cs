using BatchScoring.Models;

namespace BatchScoring.Tests.Testing.Models;

/// <summary>The smallest models: one tree, one leaf.</summary>
public static class TinyModel
{
    public static CatBoostModel Constant(int outputs, params (string Key, string Value)[] info) => new(new CatBoostModelParts
    {
        OutputCount = outputs,
        Symmetric = new SymmetricTrees { Depths = [0], Splits = [] },
        LeafValues = [.. Enumerable.Range(1, outputs).Select(output => (double)output)],
        Info = info.ToDictionary(pair => pair.Key, pair => pair.Value),
    });

    public static CatBoostModel WithLoss(int outputs, string loss, params (string Key, string Value)[] info) =>
        Constant(outputs, [("params", $$"""{"loss_function": { "type": "{{loss}}" } }"""), .. info]);
}
