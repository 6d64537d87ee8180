using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace BatchScoring.Training;

/// <summary>
/// Threads that share pieces of work, one after another: of ranges the last one would be waited for. A training hands out thousands of
/// short works a second, so a thread looks out for the next one for a moment before it sleeps; who comes late finds nothing to do, and is
/// not waited for.
/// </summary>
/// <param name="threads">
/// That work at most, the one that asks among them. With more than there are processors they take turns, and take each other's time.
/// </param>
internal sealed class Workers(int threads) : IDisposable
{
    /// <summary>As long as it takes to wake a thread: longer would keep others off the processor for nothing.</summary>
    private static readonly long LookOut = Stopwatch.Frequency / 20_000;

    /// <summary>Rows of a word of bits: pieces of a table begin with one.</summary>
    public const int WordRows = 64;

    private const int Pause = 1, FewestRows = 4096, PiecesEach = 4;
    private readonly SemaphoreSlim _wake = new(0), _done = new(0);
    private Thread[]? _helpers;
    private Work? _work;
    private int _asleep;
    private bool _isOver;

    /// <summary>The thread that asks, alone.</summary>
    public static Workers None { get; } = new(1);

    /// <summary>Threads that work at most.</summary>
    public int Count => threads;

    /// <summary>Threads that sleep now.</summary>
    internal int Asleep => Volatile.Read(ref _asleep);

    /// <summary>
    /// Returns when all is done, or throws what the first piece threw that failed: none is begun after that. For one thread, and not from
    /// within a piece.
    /// </summary>
    /// <param name="pieces">How many.</param>
    /// <param name="work">Called for every piece, with the number of the thread that does it.</param>
    public void ForAll(int pieces, Action<int, int> work)
    {
        if (Math.Min(pieces, Count) <= 1)
        {
            for (int piece = 0; piece < pieces; piece++) work(piece, 0);
            return;
        }

        _helpers ??= [.. Enumerable.Range(1, Count - 1).Select(Start)];
        var own = new Work(pieces, work, Count, _done);
        Interlocked.Exchange(ref _work, own);
        if (Asleep is > 0 and var asleep) _wake.Release(Math.Min(asleep, pieces - 1));
        own.Do(0);
        own.Finish();
    }

    /// <summary>Pieces that depend on those before them; each is done by the thread that did it in a work for all.</summary>
    /// <param name="pieces">How many.</param>
    /// <param name="work">Called for one piece after another.</param>
    public void InTurn(int pieces, Action<int> work)
    {
        int turn = 0;
        ForAll(Count, (thread, _) =>
        {
            SpinWait wait = default;
            while (Volatile.Read(ref turn) != thread) wait.SpinOnce(sleep1Threshold: -1);
            try
            {
                int end = FirstOf(thread + 1, Count, pieces);
                for (int piece = FirstOf(thread, Count, pieces); piece < end; piece++) work(piece);
            }
            finally
            {
                Volatile.Write(ref turn, thread + 1);
            }
        });
    }

    /// <summary>The first of the pieces that a thread begins with.</summary>
    private static int FirstOf(int thread, int threads, int pieces) => (int)((long)pieces * thread / threads);

    /// <summary>Rows of a piece of a table: a multiple of 64, and the whole table for one thread.</summary>
    public int PieceOf(int rows)
    {
        int even = Count == 1 ? rows : Math.Max(FewestRows, rows / (PiecesEach * Count));
        return Math.Max(WordRows, (even + WordRows - 1) / WordRows * WordRows);
    }

    /// <summary>The rows of a table in pieces.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="work">Called with the first row of every piece and the one after its last.</param>
    public void ForRows(int rows, Action<int, int> work)
    {
        int size = PieceOf(rows);
        ForAll((rows + size - 1) / size, (piece, _) => work(piece * size, Math.Min(rows, (piece + 1) * size)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _isOver, true);
        if (_helpers is null) return;
        _wake.Release(_helpers.Length);
        foreach (Thread helper in _helpers) helper.Join();
        _helpers = null;
    }

    private Thread Start(int worker)
    {
        Thread helper = new(() => Help(worker)) { IsBackground = true, Name = $"training {worker}" };
        helper.Start();
        return helper;
    }

    private void Help(int worker)
    {
        while (!Volatile.Read(ref _isOver))
        {
            if (Find() is { } work) work.Do(worker);
            else Sleep();
        }
    }

    private Work? Find()
    {
        long until = Stopwatch.GetTimestamp() + LookOut;
        do
        {
            if (Volatile.Read(ref _work) is { IsOpen: true } work) return work;
            Thread.SpinWait(Pause);
        }
        while (Stopwatch.GetTimestamp() < until);
        return null;
    }

    private void Sleep()
    {
        Interlocked.Increment(ref _asleep);
        // Whoever asks looks for sleepers after the work is there, and a sleeper for work after it is counted: one of them sees the other.
        if (Volatile.Read(ref _work) is not { IsOpen: true } && !Volatile.Read(ref _isOver)) _wake.Wait();
        Interlocked.Decrement(ref _asleep);
    }

    /// <summary>
    /// Each thread has a range of the pieces, and takes of others' only when its own are done: so the same rows and columns mostly come to
    /// the same thread, work after work, and stay in what memory is near to it.
    /// </summary>
    private sealed class Work(int pieces, Action<int, int> work, int threads, SemaphoreSlim done)
    {
        /// <summary>Numbers from one thread's to the next one's: a cache line.</summary>
        private const int Apart = 16;

        private readonly int[] _taken = new int[(threads + 1) * Apart];
        private int _finished, _isAwaited;
        private ExceptionDispatchInfo? _fault;

        /// <summary>Whether there are pieces that nobody has begun.</summary>
        public bool IsOpen
        {
            get
            {
                for (int thread = 0; thread < threads; thread++) if (IsLeft(thread)) return true;
                return false;
            }
        }

        private bool IsFinished => Volatile.Read(ref _finished) == pieces;

        public void Do(int worker)
        {
            int did = DoThoseOf(worker, worker);
            for (int other = 0; other < threads; other++) if (other != worker) did += DoThoseOf(other, worker);
            if (did > 0 && Interlocked.Add(ref _finished, did) == pieces && Interlocked.Exchange(ref _isAwaited, 1) == 1) done.Release();
        }

        /// <summary>Waits for pieces that others have begun.</summary>
        public void Finish()
        {
            long until = Stopwatch.GetTimestamp() + LookOut;
            while (!IsFinished && Stopwatch.GetTimestamp() < until) Thread.SpinWait(Pause);
            if (!IsFinished && Interlocked.Exchange(ref _isAwaited, 1) == 0) done.Wait();
            _fault?.Throw();
        }

        private int FirstOf(int thread) => Workers.FirstOf(thread, threads, pieces);

        private ref int TakenOf(int thread) => ref _taken[(thread + 1) * Apart];

        private bool IsLeft(int thread) => FirstOf(thread) + Volatile.Read(ref TakenOf(thread)) < FirstOf(thread + 1);

        /// <returns>How many.</returns>
        private int DoThoseOf(int thread, int worker)
        {
            int did = 0, piece;
            while (IsLeft(thread) && (piece = FirstOf(thread) + Interlocked.Increment(ref TakenOf(thread)) - 1) < FirstOf(thread + 1))
            {
                try
                {
                    if (Volatile.Read(ref _fault) is null) work(piece, worker);
                }
                catch (Exception e)
                {
                    Interlocked.CompareExchange(ref _fault, ExceptionDispatchInfo.Capture(e), null);
                }

                did++;
            }

            return did;
        }
    }
}
