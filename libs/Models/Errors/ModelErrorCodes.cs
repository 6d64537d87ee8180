namespace BatchScoring.Models;

/// <summary>The stable codes of <see cref="ModelException"/>.</summary>
public static class ModelErrorCodes
{
    /// <summary>The file is no model in a format that is read here.</summary>
    public const string UnknownFormat = "MODEL_UNKNOWN_FORMAT";

    /// <summary>The format is known, its version is not.</summary>
    public const string UnknownVersion = "MODEL_UNKNOWN_VERSION";

    /// <summary>The model uses something that is not supported: text or embedding features, an unknown part.</summary>
    public const string Unsupported = "MODEL_UNSUPPORTED";

    /// <summary>The file is damaged: an offset, count or size does not fit.</summary>
    public const string Corrupt = "MODEL_CORRUPT";

    /// <summary>
    /// The file is readable, but what it says does not make a model: an index outside its list, sizes that do not add up.
    /// </summary>
    public const string Invalid = "MODEL_INVALID";

    /// <summary>The model has no trees.</summary>
    public const string Empty = "MODEL_EMPTY";

    /// <summary>The file claims much more content than its size can hold.</summary>
    public const string Inflated = "MODEL_INFLATED";

    /// <summary>The file is larger than 2 GiB.</summary>
    public const string TooLarge = "MODEL_TOO_LARGE";

    /// <summary>The evaluator that was asked for does not exist or cannot run here.</summary>
    public const string UnknownEvaluator = "EVALUATOR_UNKNOWN";

    /// <summary>The model cannot answer the prediction type that was asked for.</summary>
    public const string NoSuchPrediction = "PREDICTION_UNSUPPORTED";

    /// <summary>The model does not have what the importance that was asked for is counted by.</summary>
    public const string NoImportance = "IMPORTANCE_UNSUPPORTED";
}
