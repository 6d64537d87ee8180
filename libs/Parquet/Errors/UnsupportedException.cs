namespace BatchScoring.Parquet;

/// <summary>Carries the reason from where it is found to the border of the library; never leaves it.</summary>
internal sealed class UnsupportedException(Unsupported reason) : Exception(reason.ToString())
{
    public Unsupported Reason { get; } = reason;

    /// <summary>The same reason, about this column where it names none.</summary>
    public Unsupported About(string? column) => Reason.Column is null ? Reason with { Column = column } : Reason;
}
