using System.Text;
using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>What comes out of a program, up to a bound: a host may be broken or hostile.</summary>
/// <param name="onlyEnd">True: only the end of it is kept, however much comes.</param>
internal sealed class SaidBytes(bool onlyEnd = false)
{
    /// <summary>More than this is no answer to a script of ours.</summary>
    public const int Limit = 32 << 20;

    private const int EndBytes = 1 << 15, TextBytes = 4096;

    private readonly List<byte> _bytes = [];

    public byte[] All
    {
        get
        {
            lock (_bytes) return [.. _bytes];
        }
    }

    /// <summary>The end, for people.</summary>
    public string Text
    {
        get
        {
            byte[] all = All;
            return Encoding.UTF8.GetString(all.AsSpan(Math.Max(0, all.Length - TextBytes))).Trim();
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    public async Task FillAsync(Stream from, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1 << 16];
        while (await from.ReadAsync(buffer, cancellation) is > 0 and int count) Add(buffer.AsSpan(0, count));
    }

    private void Add(ReadOnlySpan<byte> more)
    {
        lock (_bytes)
        {
            _bytes.AddRange(more);
            if (onlyEnd && _bytes.Count > 2 * EndBytes) _bytes.RemoveRange(0, _bytes.Count - EndBytes);
            if (_bytes.Count > Limit)
                throw new BatchScoringException(RemoteErrors.ShellRefused, $"A script was answered by more than {Limit >> 20} MiB: no host "
                    + "does that. Look at what its login prints.");
        }
    }
}
