using BatchScoring.Models.CatBoost.Formats.Cbm;
using BatchScoring.Models.CatBoost.Formats.Json;

namespace BatchScoring.Models;

/// <summary>CatBoost's model files. Immutable and thread safe.</summary>
public sealed class CatBoostFormat : IModelFormat
{
    /// <summary>The name of the format.</summary>
    public const string FormatName = "catboost";

    private CatBoostFormat()
    {
    }

    /// <summary>The format; there is nothing to choose.</summary>
    public static CatBoostFormat Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => FormatName;

    /// <inheritdoc/>
    public string Description => "CatBoost (.cbm, begins with \"CBM1\", save_model(path, format=\"cbm\"); or .json, format=\"json\")";

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> start) =>
        start.StartsWith(CbmContainer.Magic) || JsonModelReader.Recognizes(start);

    /// <inheritdoc/>
    IModel IModelFormat.Load(ReadOnlySpan<byte> file) => CatBoostModel.Load(file);

    /// <exception cref="ModelException">It is another format, or cannot be read.</exception>
    internal CatBoostModelParts Read(ReadOnlySpan<byte> file) =>
        file.StartsWith(CbmContainer.Magic) ? CbmReader.Read(file)
        : JsonModelReader.Recognizes(file[..Math.Min(ModelFormats.StartLength, file.Length)]) ? JsonModelReader.Read(file)
        : throw UnknownContent.Error(file, [this]);
}
