using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>What /proc told of a process at one moment, as anybody on the machine could read it.</summary>
/// <param name="Process">Which.</param>
/// <param name="CommandLine">Arguments, separated by NUL.</param>
/// <param name="Environment">Variables, separated by NUL.</param>
/// <param name="AddressSpaceMiB">The most that was seen.</param>
/// <param name="LimitLifted">Whether it was seen without a soft limit of its address space.</param>
internal sealed record SeenProcess(LinuxProcess Process, string CommandLine, string Environment, int AddressSpaceMiB, bool LimitLifted);
