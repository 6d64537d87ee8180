namespace BatchScoring.Models;

/// <summary>What a model's input column holds.</summary>
public enum ModelInputKind
{
    /// <summary>32-bit floats; a missing value is NaN.</summary>
    Numeric,

    /// <summary>32-bit numbers that stand for categories, see <see cref="ModelInput.Encoder"/>; a missing value is not possible.</summary>
    Categorical,
}
