using System.Buffers;
using System.Net.Sockets;
using System.Text;

namespace BatchScoring.Spark.Py4J;

/// <summary>Lines of UTF-8 text, ended by LF, over a socket. One thread at a time, except for <see cref="Dispose"/>.</summary>
internal sealed class LineChannel(Socket socket, int maxLineBytes) : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private volatile bool _closed;

    /// <exception cref="ArgumentException">The text has half a surrogate pair; nothing was sent.</exception>
    public void Send(string text)
    {
        byte[] bytes = Utf8.GetBytes(text);
        try
        {
            for (int sent = 0; sent < bytes.Length;) sent += socket.Send(bytes.AsSpan(sent));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw _closed ? SparkErrors.Closed() : SparkErrors.Lost(e);
        }
    }

    public string ReadLine()
    {
        ArrayBufferWriter<byte>? longLine = null;
        while (true)
        {
            ReadOnlySpan<byte> pending = _buffer.AsSpan(_start, _end - _start);
            int length = pending.IndexOf((byte)'\n');
            if ((longLine?.WrittenCount ?? 0) + (long)(length < 0 ? pending.Length : length) > maxLineBytes)
                throw SparkErrors.LineTooLong(maxLineBytes);
            if (length >= 0)
            {
                _start += length + 1;
                if (longLine is null) return Decode(pending[..length]);
                longLine.Write(pending[..length]);
                return Decode(longLine.WrittenSpan);
            }
            if (!pending.IsEmpty) (longLine ??= new ArrayBufferWriter<byte>()).Write(pending);
            Receive();
        }
    }

    public void Dispose()
    {
        _closed = true;
        try
        {
            socket.Shutdown(SocketShutdown.Both); // wakes a reader that is blocked in another thread
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side was faster.
        }
        socket.Dispose();
    }

    private void Receive()
    {
        _start = 0;
        _end = 0;
        try
        {
            _end = socket.Receive(_buffer);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw _closed ? SparkErrors.Closed() : SparkErrors.Lost(e);
        }
        if (_end == 0) throw _closed ? SparkErrors.Closed() : SparkErrors.Lost();
    }

    private static string Decode(ReadOnlySpan<byte> line)
    {
        try
        {
            return Utf8.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            throw SparkErrors.Protocol("a line that is not UTF-8", Convert.ToHexString(line[..Math.Min(32, line.Length)]));
        }
    }
}
