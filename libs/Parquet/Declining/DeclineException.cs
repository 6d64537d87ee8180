namespace BatchScoring.Parquet;

/// <summary>Carries a decline from where it is found to the border of the library; never leaves it.</summary>
internal sealed class DeclineException(Decline decline) : Exception(decline.ToString())
{
    public Decline Decline { get; } = decline;
}
