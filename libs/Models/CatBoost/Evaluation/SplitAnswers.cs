namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>Answers every question of a model for one row after the other, in the plainest way that is right. Not thread safe.</summary>
internal sealed class SplitAnswers(CatBoostModel model)
{
    private readonly float[] _floats = new float[model.FloatFeatures.Length];
    private readonly int[] _categories = new int[model.CategoricalFeatures.Length];
    private readonly bool[] _answers = new bool[model.BinaryFeatureCount];

    /// <summary>The answers of a row, one per binary feature; void at the next call.</summary>
    public bool[] Of(InputBlock block, int row)
    {
        ReadRow(block, row);
        int next = 0;
        for (int i = 0; i < model.FloatFeatures.Length; i++)
            foreach (float border in model.FloatFeatures[i].Borders) _answers[next++] = _floats[i] > border;
        foreach (OneHotFeature oneHot in model.OneHotFeatures)
            foreach (int value in oneHot.Values) _answers[next++] = _categories[oneHot.Feature] == value;
        for (int i = 0; i < model.CtrFeatures.Length; i++)
        {
            CtrFeature ctr = model.CtrFeatures[i];
            float number = CtrMath.Value(ctr, model.TableOf(i), CtrMath.Hash(ctr.Key.Combination, _floats, _categories));
            foreach (float border in ctr.Borders) _answers[next++] = number > border;
        }

        return _answers;
    }

    private unsafe void ReadRow(InputBlock block, int row)
    {
        for (int column = 0; column < model.Inputs.Length; column++)
        {
            int feature = model.InputFeatures[column];
            if (model.Inputs[column].Kind == ModelInputKind.Categorical)
            {
                _categories[feature] = block.Categorical(column)[row];
                continue;
            }

            float value = block.Numeric(column)[row];
            _floats[feature] = float.IsNaN(value) && model.FloatFeatures[feature].NanIsLargest ? float.PositiveInfinity : value;
        }
    }
}
