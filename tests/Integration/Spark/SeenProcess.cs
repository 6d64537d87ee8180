using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>What /proc told of a process at one moment, as anybody on the machine could read it.</summary>
internal sealed record SeenProcess(LinuxProcess Process, string CommandLine, string Environment, int AddressSpaceMiB);
