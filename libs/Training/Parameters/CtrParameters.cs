namespace BatchScoring.Training;

/// <summary>Numbers that are made of categories.</summary>
internal static class CtrParameters
{
    public static readonly Dictionary<string, Func<TrainingParameters, ParameterValue, TrainingParameters>> All = new(StringComparer.Ordinal)
    {
        ["simple_ctr"] = (own, value) => own with { SimpleCtr = Definitions(value) },
        ["combinations_ctr"] = (own, value) => own with { CombinationsCtr = Definitions(value) },
        ["counter_calc_method"] = (own, value) => own with { CounterCalcMethod = value.Choice<CounterCalcMethod>() },
        ["ctr_target_border_count"] = (own, value) => own with { CtrTargetBorderCount = value.Whole(1, 255) },
        ["ctr_leaf_count_limit"] = (own, value) => own with { CtrLeafCountLimit = value.Whole(1) },
        ["store_all_simple_ctr"] = (own, value) => own with { StoreAllSimpleCtr = value.Flag() },
    };

    private static CtrDefinition[] Definitions(ParameterValue value)
    {
        try
        {
            return [.. value.Texts().Select(CtrDefinition.Parse)];
        }
        catch (FormatException wrong)
        {
            throw value.Wrong($"a list of numbers made of categories, such as [\"Borders:Prior=0.5\", \"Counter\"]. {wrong.Message.TrimEnd('.')}");
        }
    }
}
