namespace BatchScoring.Tests.Testing;

/// <summary>What a program said and how it ended.</summary>
public sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    public ProgramResult ShouldExitWith(int code)
    {
        if (ExitCode == code) return this;
        throw new InvalidOperationException($"Exit code {ExitCode}, expected {code}.\n--- stdout\n{Output}\n--- stderr\n{Errors}");
    }
}
