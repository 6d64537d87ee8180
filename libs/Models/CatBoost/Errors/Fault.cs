using System.Diagnostics.CodeAnalysis;

namespace BatchScoring.Models;

/// <summary>One throw helper per kind of failure.</summary>
internal static class Fault
{
    [DoesNotReturn]
    public static void Invalid(string what, string? feature = null) => throw new ModelException(
        ModelErrorCodes.Invalid,
        $"The model contradicts itself: {what}. It was not written by CatBoost like this; get the file again from where it was trained.")
    { Feature = feature };

    [DoesNotReturn]
    public static void Corrupt(string what, long offset) => throw new ModelException(
        ModelErrorCodes.Corrupt,
        $"The model file is damaged at byte {offset}: {what}. Compare its size and hash with the original, and copy it again.")
    { Offset = offset };

    [DoesNotReturn]
    public static void Unsupported(string what, long? offset = null, string? feature = null) => throw new ModelException(
        ModelErrorCodes.Unsupported,
        $"The model {what}, which is not supported: only numeric and categorical features (one-hot and CTR) are. Train it without.")
    { Offset = offset, Feature = feature };

    /// <summary>Text from a model in a message: cut where it is long.</summary>
    public static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
