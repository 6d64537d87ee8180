namespace BatchScoring.Tests.Testing;

/// <summary>Stands for the end of a process: no library code may catch it, and nothing works after it.</summary>
public sealed class ProcessDied : Exception;
