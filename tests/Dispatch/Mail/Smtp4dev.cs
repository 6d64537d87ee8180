using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Mail;

/// <summary>
/// A mail server that nobody here wrote, for the letters' whole way: smtp4dev (a .NET tool), installed into a folder of the test's own. It
/// takes nothing without STARTTLS and login, and takes letters apart by itself.
/// </summary>
internal sealed partial class Smtp4dev : IDisposable
{
    private const string Version = "3.15.0";
    private readonly TemporaryFolder _folder;
    private readonly Process _process;

    private Smtp4dev(TemporaryFolder folder, Process process, int port, string page) =>
        (_folder, _process, Port, Page) = (folder, process, port, page);

    public int Port { get; }

    /// <summary>Its web page and API, <c>http://127.0.0.1:…</c>.</summary>
    public string Page { get; }

    /// <summary>The certificate that it made for itself.</summary>
    public string CertificateFile => _folder.File("home", "selfsigned-certificate.cer");

    /// <summary>The running server, or a skipped test with the reason; in CI a failed one.</summary>
    public static async Task<Smtp4dev> StartAsync()
    {
        var folder = new TemporaryFolder();
        string[] arguments = ["tool", "install", "Rnwood.Smtp4dev", "--version", Version, "--tool-path", folder.File("tool")];
        using (Process install = Start("dotnet", arguments, new Dictionary<string, string>()))
        {
            string output = await install.StandardOutput.ReadToEndAsync() + await install.StandardError.ReadToEndAsync();
            await install.WaitForExitAsync();
            if (install.ExitCode != 0 && Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(output);
            Skip.If(install.ExitCode != 0, $"smtp4dev cannot be installed: {output}");
        }

        Process server = Start(folder.File("tool", "smtp4dev"), ["--nousersettings", "--baseappdatapath", folder.File("home")],
            new Dictionary<string, string>
            {
                ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")),
                ["ServerOptions__Urls"] = "http://127.0.0.1:0",
                ["ServerOptions__Port"] = "0",
                ["ServerOptions__ImapPort"] = "",
                ["ServerOptions__Pop3Port"] = "",
                ["ServerOptions__BindAddress"] = "127.0.0.1",
                ["ServerOptions__TlsMode"] = "StartTls",
                ["ServerOptions__SecureConnectionRequired"] = "true",
                ["ServerOptions__AuthenticationRequired"] = "true",
                ["ServerOptions__Database"] = "",
            });
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        int port = 0;
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (SmtpPort().Match(line) is { Success: true } smtp) port = int.Parse(smtp.Groups["port"].Value, CultureInfo.InvariantCulture);
            if (WebAddress().Match(line) is not { Success: true } web) continue;
            _ = server.StandardOutput.ReadToEndAsync();
            return new Smtp4dev(folder, server, port, web.Groups["page"].Value);
        }

        server.Kill();
        throw new InvalidOperationException("smtp4dev did not start.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private static Process Start(string program, IReadOnlyList<string> arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"SMTP Server is listening on port (?<port>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex SmtpPort();

    [GeneratedRegex(@"Now listening on: (?<page>http://127\.0\.0\.1:\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex WebAddress();
}
