namespace BatchScoring.Bench.Files;

/// <summary>One process, or several at once, from start to end.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="CpuSeconds">Processor time, user and system.</param>
/// <param name="PeakMiB">The most memory that was resident, in MiB.</param>
internal readonly record struct Measured(double Seconds, double CpuSeconds, double PeakMiB);
