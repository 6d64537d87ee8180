namespace BatchScoring.Dispatcher.Hosts;

/// <summary>
/// Where steps run: this machine, or one reached by SSH. It can do two things, from which all else is made (<see cref="HostFiles"/>,
/// <see cref="FileUpload"/>, <see cref="DetachedJobs"/>). Several calls at a time are fine.
/// </summary>
/// <remarks>
/// Errors are those of <see cref="RemoteErrors"/>. One whose retry helps says nothing of whether the host has done what was asked: only a
/// further look tells. A later call connects anew by itself.
/// </remarks>
internal interface IHost : IAsyncDisposable
{
    /// <summary>What the configuration says of it.</summary>
    HostSettings Settings { get; }

    /// <summary>
    /// Runs a script by <c>/bin/sh</c>; nothing of it runs unless all of it arrived. Cancelling, the deadline and a lost link end the
    /// waiting, not the script.
    /// </summary>
    /// <param name="script">What runs; its standard input is empty.</param>
    /// <param name="deadline">After this time without an answer the link counts as lost.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    Task<ShellAnswer> RunAsync(ShellScript script, TimeSpan deadline, CancellationToken cancellation);

    /// <summary>Writes the rest of a local file into a remote one: its bytes from <paramref name="offset"/> on.</summary>
    /// <param name="file">The local file.</param>
    /// <param name="path">The remote one; made when it is not there.</param>
    /// <param name="offset">How many bytes are there already.</param>
    /// <param name="sent">Told now and then how many are there now.</param>
    /// <param name="cancellation">Ends the sending; what was sent stays.</param>
    Task SendAsync(string file, string path, long offset, Action<long> sent, CancellationToken cancellation);
}

/// <summary>What a script answered.</summary>
/// <param name="ExitCode">Its exit status.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">The end of its standard error, for people.</param>
internal sealed record ShellAnswer(int ExitCode, byte[] Output, string Errors)
{
    /// <summary>The output as text.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Output);
}
