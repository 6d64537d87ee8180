using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace BatchScoring.Tests.Properties;

/// <summary>
/// Runs a property over generated cases with a fixed seed; a failing case and the seed are in the message of the failure.
/// </summary>
internal static class ForAll
{
    private const ulong Seed = 20261121;

    public static void Cases<T>(Gen<T> cases, Action<T> property, int count = 300) =>
        Check.One(
            Config.QuickThrowOnFailure
                .WithMaxTest(count)
                .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, 1), FSharpOption<int>.None))),
            Prop.ForAll(cases.ToArbitrary(), property));
}
