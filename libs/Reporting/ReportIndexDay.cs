namespace BatchScoring.Reporting;

/// <summary>One date in the list of all.</summary>
public sealed record ReportIndexDay
{
    /// <summary>The business date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The revision that stands.</summary>
    public required int Revision { get; init; }

    /// <summary>How it ended.</summary>
    public required ReportOutcome Outcome { get; init; }

    /// <summary>Rows in the result.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows set aside.</summary>
    public required long SetAside { get; init; }

    /// <summary>The model's name and version.</summary>
    public string? Model { get; init; }

    /// <summary>Mean of the scores; null for a model with several score columns.</summary>
    public double? MeanScore { get; init; }

    /// <summary>Share of the rows from the cut-off up, 0 to 1; null where there is none.</summary>
    public double? AboveCutOff { get; init; }

    /// <summary>Area under the ROC curve; null before outcomes are known.</summary>
    public double? Auc { get; init; }

    /// <summary>The date's own page, relative to the list.</summary>
    public required string Href { get; init; }
}
