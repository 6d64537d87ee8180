using System.Globalization;
using System.Security.Cryptography;
using BatchScoring.Core;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>
/// Brings a file to a host: under a temporary name in the same folder, resumed where an earlier call was cut, checked by size and SHA-256,
/// made durable, then renamed over what was there. A file that is there already is not sent again.
/// </summary>
/// <param name="host">Where to.</param>
/// <param name="fence">The leader's number: a host that has seen a newer one takes nothing.</param>
internal sealed class FileUpload(IHost host, long fence)
{
    private const int Damaged = 93;

    /// <summary>Left free beside the file itself.</summary>
    private const long SpareBytes = 16 << 20;

    private const long BigBytes = 1 << 30;

    private static readonly string Script = EmbeddedScript.Read("guard.sh") + EmbeddedScript.Read("upload.sh");

    /// <param name="file">The local file.</param>
    /// <param name="folder">The remote folder; made when it is not there. Not absolute: below the user's home.</param>
    /// <param name="sent">Told now and then how many bytes are there.</param>
    /// <param name="cancellation">Ends the upload; the next one goes on from there.</param>
    /// <returns>How many bytes were sent; null: the file was there already.</returns>
    public async Task<long?> RunAsync(string file, string folder, Action<long> sent, CancellationToken cancellation)
    {
        await RequireRoomAsync(file, folder, cancellation);
        LocalFacts local = await LocalFacts.OfAsync(file, cancellation);
        // Named by its content: a rest of another version is never taken for a beginning of this one.
        string name = Path.GetFileName(file), part = $".upload-{local.Sha256[..32]}";
        long total = 0;
        for (int left = 2; ; left--)
        {
            RemoteFacts remote = await LookAsync(folder, cancellation, name, part, Text(local.Bytes));
            if (remote.Sha256 == local.Sha256) return total == 0 ? null : total;
            long from = remote.PartBytes > local.Bytes ? 0 : remote.PartBytes;
            RequireRoom(folder, local.Bytes - from, remote);
            await SendAsync(file, folder, part, from, local.Bytes, remote, sent, cancellation);
            total += local.Bytes - from;
            ShellAnswer answer = await AskAsync(local.Bytes, cancellation,
                "finish", [folder, name, part, Text(local.Bytes), local.Sha256, local.Mode]);
            if (answer.ExitCode == 0) return total;
            if (answer.ExitCode != Damaged) throw Unusable(folder, answer);
            if (left == 1)
                throw new BatchScoringException(RemoteErrors.UploadDamaged,
                    $"{host.Settings.Where}: of {file} {answer.Text.Trim()}, sent were {local.Bytes} with {local.Sha256}. Is the file "
                    + "being written to?");
        }
    }

    /// <summary>A big file is hashed for minutes: for want of room nobody waits that long.</summary>
    private async Task RequireRoomAsync(string file, string folder, CancellationToken cancellation)
    {
        long bytes = LocalFacts.BytesOf(file);
        if (bytes >= BigBytes) RequireRoom(folder, bytes, await LookAsync(folder, cancellation, ".", ".", "0"));
    }

    private async Task SendAsync(
        string file, string folder, string part, long from, long bytes, RemoteFacts remote, Action<long> sent,
        CancellationToken cancellation)
    {
        try
        {
            // Also an empty file is made so.
            if (from < bytes || bytes == 0) await host.SendAsync(file, $"{remote.Folder}/{part}", from, sent, cancellation);
        }
        catch (BatchScoringException e) when (e.Is(RemoteErrors.FileFailed))
        {
            // SFTP has one word for missing rights, a quota and a full disk.
            RequireRoom(folder, bytes - from, await LookAsync(folder, cancellation, ".", ".", "0"));
            throw;
        }
    }

    private async Task<RemoteFacts> LookAsync(string folder, CancellationToken cancellation, string name, string part, string bytes)
    {
        ShellAnswer answer = await AskAsync(
            long.Parse(bytes, CultureInfo.InvariantCulture), cancellation, "look", [folder, name, part, bytes]);
        return answer.ExitCode == 0 ? RemoteFacts.Parse(answer.Text) : throw Unusable(folder, answer);
    }

    private void RequireRoom(string folder, long needed, RemoteFacts remote)
    {
        if (needed + SpareBytes > remote.FreeBytes)
            throw new BatchScoringException(RemoteErrors.DiskFull,
                $"{host.Settings.Where}: {folder} has {remote.FreeBytes >> 20} MiB free and {(needed + SpareBytes) >> 20} MiB are needed. "
                + "Make room there.");
    }

    /// <summary>The host reads the file for its hash: some seconds for each GiB.</summary>
    private async Task<ShellAnswer> AskAsync(
        long bytes, CancellationToken cancellation, string operation, IReadOnlyList<ShellWord> words)
    {
        var script = new ShellScript(Script, [operation, host.Settings.Jobs, Text(fence), .. words]);
        ShellAnswer answer = await host.RunAsync(script, TimeSpan.FromSeconds(30 + (bytes >> 24)), cancellation);
        return answer.ExitCode != JobFence.Refused ? answer : throw JobFence.Error(host, "an upload", answer.Text.Trim(), fence);
    }

    private BatchScoringException Unusable(string folder, ShellAnswer answer) => new(RemoteErrors.FileFailed,
        $"{host.Settings.Where}: {folder} cannot be used: {answer.Text.Trim()} {answer.Errors} (exit {answer.ExitCode})");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What matters of the file here.</summary>
internal sealed record LocalFacts(long Bytes, string Sha256, string Mode)
{
    public static long BytesOf(string file) => File.Exists(file)
        ? new FileInfo(file).Length
        : throw new BatchScoringException(HostErrors.FileNotFound, $"{file} cannot be uploaded: it is not there.");

    public static async Task<LocalFacts> OfAsync(string file, CancellationToken cancellation)
    {
        try
        {
            await using FileStream stream = File.OpenRead(file);
            string sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
            bool program = !OperatingSystem.IsWindows() && File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute);
            return new LocalFacts(stream.Length, sha256, program ? "755" : "644");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BatchScoringException(HostErrors.FileNotFound, $"{file} cannot be uploaded: {e.Message}", inner: e);
        }
    }
}

/// <summary>What the host has.</summary>
internal sealed record RemoteFacts(string? Sha256, long PartBytes, long FreeBytes, string Folder)
{
    public static RemoteFacts Parse(string text)
    {
        Dictionary<string, string> values = AnswerLines.Of(text);
        return new RemoteFacts(
            values.GetValueOrDefault("sha256"), long.Parse(values.GetValueOrDefault("part", "0"), CultureInfo.InvariantCulture),
            long.Parse(values["free"], CultureInfo.InvariantCulture), values["folder"]);
    }
}
