namespace BatchScoring.Models.Evaluation;

/// <summary>
/// Scores row by row, in the plainest way that is right. Every faster evaluator is held against this one; speed is not its purpose.
/// </summary>
internal sealed class ReferenceScorer(CatBoostModel model) : IBlockScorer
{
    public IReadOnlyList<ModelInput> Inputs => model.Inputs;

    public int OutputCount => model.OutputCount;

    public void Score(InputBlock block, Span<double> raw)
    {
        BlockChecks.Check(this, block, raw);
        var floats = new float[model.FloatFeatures.Length];
        var categories = new int[model.CategoricalFeatures.Length];
        var answers = new bool[model.BinaryFeatureCount];
        var sums = new double[OutputCount];
        for (var row = 0; row < block.Rows; row++)
        {
            ReadRow(block, row, floats, categories);
            AnswerAll(floats, categories, answers);
            Array.Clear(sums);
            if (model.Symmetric is { } symmetric) AddSymmetric(symmetric, answers, sums);
            else AddNonSymmetric(model.NonSymmetric!, answers, sums);
            for (var output = 0; output < sums.Length; output++)
                raw[(output * block.Rows) + row] = ScaleAndBias.Apply(model, output, sums[output]);
        }
    }

    private unsafe void ReadRow(InputBlock block, int row, float[] floats, int[] categories)
    {
        for (var column = 0; column < model.Inputs.Length; column++)
        {
            var feature = model.InputFeatures[column];
            if (model.Inputs[column].Kind == ModelInputKind.Categorical)
            {
                categories[feature] = block.Categorical(column)[row];
                continue;
            }

            var value = block.Numeric(column)[row];
            floats[feature] = float.IsNaN(value) && model.FloatFeatures[feature].NanIsLargest ? float.PositiveInfinity : value;
        }
    }

    private void AnswerAll(float[] floats, int[] categories, bool[] answers)
    {
        var next = 0;
        for (var i = 0; i < model.FloatFeatures.Length; i++)
            foreach (var border in model.FloatFeatures[i].Borders) answers[next++] = floats[i] > border;
        foreach (var oneHot in model.OneHotFeatures)
            foreach (var value in oneHot.Values) answers[next++] = categories[oneHot.Feature] == value;
        for (var i = 0; i < model.CtrFeatures.Length; i++)
        {
            var ctr = model.CtrFeatures[i];
            var number = CtrMath.Value(ctr, model.TableOf(i), CtrMath.Hash(ctr.Key.Combination, floats, categories));
            foreach (var border in ctr.Borders) answers[next++] = number > border;
        }
    }

    /// <summary>Adds the trees strictly in their order: that order decides the last bits.</summary>
    private void AddSymmetric(SymmetricTrees trees, bool[] answers, double[] sums)
    {
        int firstSplit = 0, firstLeaf = 0;
        foreach (var depth in trees.Depths)
        {
            var leaf = 0;
            for (var level = 0; level < depth; level++)
                if (answers[trees.Splits[firstSplit + level]]) leaf |= 1 << level;
            for (var output = 0; output < sums.Length; output++)
                sums[output] += model.LeafValues[((firstLeaf + leaf) * sums.Length) + output];
            firstSplit += depth;
            firstLeaf += 1 << depth;
        }
    }

    private void AddNonSymmetric(NonSymmetricTrees trees, bool[] answers, double[] sums)
    {
        var root = 0;
        foreach (var count in trees.NodeCounts)
        {
            var node = root;
            while (StepFrom(trees, node, answers) is var step and > 0) node += step;
            for (var output = 0; output < sums.Length; output++) sums[output] += model.LeafValues[(int)trees.LeafOffsets[node] + output];
            root += count;
        }
    }

    private static int StepFrom(NonSymmetricTrees trees, int node, bool[] answers)
    {
        var step = trees.Nodes[node];
        if (step is { Left: 0, Right: 0 }) return 0;
        return answers[trees.Splits[node]] ? step.Right : step.Left;
    }
}
