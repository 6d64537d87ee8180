using BatchScoring.Training;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>Threads that share pieces of work.</summary>
public sealed class WorkersTests(ITestOutputHelper output) : IDisposable
{
    private readonly Workers _workers = new(3);

    [Fact]
    public void ForAll_ManyShortWorks_DoesEveryPieceOnceAndOnOneThreadPerNumber()
    {
        int seed = System.Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        System.Random random = new(seed);
        int[] isBusy = new int[_workers.Count];
        for (int work = 0; work < 20_000; work++)
        {
            int[] done = new int[random.Next(12)];
            _workers.ForAll(done.Length, (piece, worker) =>
            {
                Interlocked.Increment(ref isBusy[worker]).ShouldBe(1);
                done[piece]++; // not interlocked: what others wrote is seen when the work is over
                Interlocked.Decrement(ref isBusy[worker]);
            });
            done.ShouldAllBe(times => times == 1);
        }
    }

    [Fact]
    public void ForAll_PiecesThatNeedEachOther_RunAtOnce()
    {
        using Barrier barrier = new(3);
        // Also once the others have gone to sleep.
        for (int work = 0; work < 3; work++)
        {
            _workers.ForAll(3, (_, _) => barrier.SignalAndWait(TimeSpan.FromMinutes(1)).ShouldBeTrue());
            SpinWait.SpinUntil(() => _workers.Asleep == 2, TimeSpan.FromMinutes(1)).ShouldBeTrue();
        }
    }

    [Fact]
    public void ForAll_PieceThatFails_FailsAndBeginsNoOther()
    {
        int begun = 0;
        Should.Throw<InvalidDataException>(() => _workers.ForAll(50, (_, _) =>
        {
            Interlocked.Increment(ref begun);
            throw new InvalidDataException();
        }));
        begun.ShouldBeInRange(1, _workers.Count);

        _workers.ForAll(50, (_, _) => Interlocked.Increment(ref begun));
        begun.ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    public void InTurn_AnyPieces_AreDoneOneAfterAnother(int pieces)
    {
        for (int work = 0; work < 2000; work++)
        {
            List<int> done = [];
            _workers.InTurn(pieces, done.Add);
            done.ShouldBe(Enumerable.Range(0, pieces));
        }
    }

    [Fact]
    public void InTurn_PieceThatFails_FailsAndHoldsUpNobody() =>
        Should.Throw<InvalidDataException>(() => _workers.InTurn(16, piece =>
        {
            if (piece == 3) throw new InvalidDataException();
        }));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(4_097)]
    [InlineData(24_000)]
    [InlineData(1_000_001)]
    public void ForRows_EveryRow_IsInOnePieceThatBeginsAtAWord(int rows)
    {
        foreach (Workers workers in new[] { Workers.None, _workers })
        {
            int[] seen = new int[rows];
            workers.ForRows(rows, (start, end) =>
            {
                (start % 64).ShouldBe(0);
                for (int row = start; row < end; row++) seen[row]++;
            });
            seen.ShouldAllBe(times => times == 1);
        }
    }

    public void Dispose() => _workers.Dispose();
}
