using System.Net;
using System.Net.Sockets;

namespace BatchScoring.Tests.Testing;

/// <summary>Ports of the loopback interface that nobody listens on.</summary>
public static class FreePorts
{
    public static int[] Take(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        try
        {
            // All at once, so that they differ.
            foreach (TcpListener listener in listeners) listener.Start();
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (TcpListener listener in listeners) listener.Dispose();
        }
    }
}
