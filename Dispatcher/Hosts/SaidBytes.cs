using System.Text;
using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>What comes out of a program, up to a bound: a host may be broken or hostile.</summary>
internal sealed class SaidBytes
{
    /// <summary>More than this is no answer to a script of ours.</summary>
    public const int Limit = 32 << 20;

    private const int TailLimit = 4096;

    private readonly MemoryStream _bytes = new();

    public byte[] All
    {
        get
        {
            lock (_bytes) return _bytes.ToArray();
        }
    }

    /// <summary>The end, for people.</summary>
    public string Tail
    {
        get
        {
            byte[] all = All;
            return Encoding.UTF8.GetString(all.AsSpan(Math.Max(0, all.Length - TailLimit))).Trim();
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    public async Task FillAsync(Stream from, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1 << 16];
        while (await from.ReadAsync(buffer, cancellation) is > 0 and int count)
        {
            lock (_bytes) _bytes.Write(buffer, 0, count);
            if (_bytes.Length > Limit)
                throw new BatchScoringException(RemoteErrors.ShellRefused, $"A script was answered by more than {Limit >> 20} MiB: no host "
                    + "does that. Look at what its login prints.");
        }
    }
}
