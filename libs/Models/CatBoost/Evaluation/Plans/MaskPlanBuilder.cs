namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>Makes a <see cref="MaskPlan"/> of a model.</summary>
internal sealed class MaskPlanBuilder
{
    private readonly CatBoostModel _model;
    private readonly QuestionBook _book = new();
    private readonly Dictionary<int, int> _columns = [];
    private readonly List<Projection> _projections = [];
    private readonly Dictionary<FeatureCombination, int> _projectionOf = [];

    private MaskPlanBuilder(CatBoostModel model)
    {
        _model = model;
        for (int i = 0; i < model.Inputs.Length; i++) _columns.Add(model.Inputs[i].Position, i);
    }

    /// <summary>Makes the plan.</summary>
    public static MaskPlan Build(CatBoostModel model) => new MaskPlanBuilder(model).Build();

    private MaskPlan Build()
    {
        if (_model.Symmetric is { } symmetric)
            foreach (int split in symmetric.Splits) Collect(split);
        else
            CollectNodes(_model.NonSymmetric!);
        ReadOnlySpan<Question> questions = _book.Number();
        int questionMasks = MaskPlan.FirstQuestion + questions.Length;
        var numerics = new List<NumericQuestions>();
        var categories = new List<CategoryQuestions>();
        var ctrs = new List<CtrQuestions>();
        for (int first = 0, end; first < questions.Length; first = end)
        {
            end = first + 1;
            while (end < questions.Length && IsSameFeature(questions[first], questions[end])) end++;
            AddGroup(questions[first..end], MaskPlan.FirstQuestion + first, numerics, categories, ctrs);
        }

        MaskTree[] trees = _model.Symmetric is not null ? SymmetricMaskTrees() : NonSymmetricMaskTrees(questionMasks);
        return new MaskPlan
        {
            Model = _model,
            Numerics = [.. numerics],
            Categories = [.. categories],
            Ctrs = [.. ctrs],
            Projections = [.. _projections],
            Trees = trees,
            QuestionMasks = questionMasks,
            MaskCount = questionMasks + trees.Max(tree => tree.Choices.Length),
        };
    }

    private static bool IsSameFeature(Question left, Question right) => left.Kind == right.Kind && left.Feature == right.Feature;

    private void CollectNodes(NonSymmetricTrees trees)
    {
        for (int node = 0; node < trees.Nodes.Length; node++)
            if (trees.Nodes[node] is not { Left: 0, Right: 0 }) Collect(trees.Splits[node]);
    }

    private void Collect(int split)
    {
        (BinaryFeatureKind kind, int feature, int threshold) = _model.BinaryFeatureAt(split);
        switch (kind)
        {
            case BinaryFeatureKind.Float:
                _book.AddNumber(kind, feature, _model.FloatFeatures[feature].Borders[threshold]);
                break;
            case BinaryFeatureKind.OneHot:
                OneHotFeature oneHot = _model.OneHotFeatures[feature];
                _book.AddCategory(oneHot.Feature, oneHot.Values[threshold]);
                break;
            default:
                CtrFeature ctr = _model.CtrFeatures[feature];
                _book.AddNumber(kind, feature, ctr.Borders[threshold]);
                foreach (CtrFloatSplit part in ctr.Key.Combination.FloatSplits)
                    _book.AddNumber(BinaryFeatureKind.Float, part.Feature, part.Border);
                foreach (CtrOneHotSplit part in ctr.Key.Combination.OneHotSplits) _book.AddCategory(part.Feature, part.Value);
                break;
        }
    }

    private int MaskOf(int split)
    {
        (BinaryFeatureKind kind, int feature, int threshold) = _model.BinaryFeatureAt(split);
        return kind switch
        {
            BinaryFeatureKind.Float => _book.MaskOfNumber(kind, feature, _model.FloatFeatures[feature].Borders[threshold]),
            BinaryFeatureKind.OneHot =>
                _book.MaskOfCategory(_model.OneHotFeatures[feature].Feature, _model.OneHotFeatures[feature].Values[threshold]),
            _ => _book.MaskOfNumber(kind, feature, _model.CtrFeatures[feature].Borders[threshold]),
        };
    }

    private void AddGroup(
        ReadOnlySpan<Question> questions,
        int firstMask,
        List<NumericQuestions> numerics,
        List<CategoryQuestions> categories,
        List<CtrQuestions> ctrs)
    {
        int feature = questions[0].Feature;
        int[] bits = new int[questions.Length];
        for (int i = 0; i < bits.Length; i++) bits[i] = questions[i].Bits;
        switch (questions[0].Kind)
        {
            case BinaryFeatureKind.Float:
                FloatFeature numeric = _model.FloatFeatures[feature];
                numerics.Add(new(_columns[numeric.FlatIndex], numeric.NanIsLargest, ToFloats(bits), firstMask));
                break;
            case BinaryFeatureKind.OneHot:
                categories.Add(new(CategoryColumn(feature), bits, firstMask));
                break;
            default:
                CtrFeature ctr = _model.CtrFeatures[feature];
                ctrs.Add(new(ProjectionOf(ctr.Key.Combination), ctr, _model.TableOf(feature), ToFloats(bits), firstMask));
                break;
        }
    }

    private static float[] ToFloats(int[] bits) => Array.ConvertAll(bits, BitConverter.Int32BitsToSingle);

    private int CategoryColumn(int feature) => _columns[_model.CategoricalFeatures[feature].FlatIndex];

    private int ProjectionOf(FeatureCombination combination)
    {
        if (_projectionOf.TryGetValue(combination, out int known)) return known;
        _projections.Add(new(
            [.. combination.Categories.Select(CategoryColumn)],
            [
                .. combination.FloatSplits.Select(split => _book.MaskOfNumber(BinaryFeatureKind.Float, split.Feature, split.Border)),
                .. combination.OneHotSplits.Select(split => _book.MaskOfCategory(split.Feature, split.Value)),
            ]));
        return _projectionOf[combination] = _projections.Count - 1;
    }

    private MaskTree[] SymmetricMaskTrees()
    {
        SymmetricTrees source = _model.Symmetric!;
        var trees = new MaskTree[source.Depths.Length];
        int split = 0, leaf = 0;
        for (int i = 0; i < trees.Length; i++)
        {
            int depth = source.Depths[i];
            int[] bits = new int[depth];
            for (int k = 0; k < depth; k++) bits[k] = MaskOf(source.Splits[split++]);
            double[][] leaves = new double[_model.OutputCount][];
            for (int output = 0; output < leaves.Length; output++)
            {
                leaves[output] = new double[1 << depth];
                for (int k = 0; k < leaves[output].Length; k++)
                    leaves[output][k] = _model.LeafValues[leaf + (k * leaves.Length) + output];
            }

            leaf += leaves.Length << depth;
            trees[i] = new(bits, leaves, [], []);
        }

        return trees;
    }

    private MaskTree[] NonSymmetricMaskTrees(int firstChoice)
    {
        NonSymmetricTrees source = _model.NonSymmetric!;
        var trees = new MaskTree[source.NodeCounts.Length];
        int root = 0;
        for (int i = 0; i < trees.Length; i++)
        {
            trees[i] = NodeTreeCompiler.Compile(_model, root, source.NodeCounts[i], MaskOf, firstChoice);
            root += source.NodeCounts[i];
        }

        return trees;
    }
}
