using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace BatchScoring.Tests.Integration.Reporting;

/// <summary>A page in the browser, with what it complained about and asked for.</summary>
public sealed class OpenPage(IPage page, string address) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentQueue<string> requests = new();

    public IPage Page => page;

    /// <summary>Console messages, script errors, dialogs.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    /// <summary>Everything asked for but the file itself.</summary>
    public IEnumerable<string> OtherRequests => requests.Where(r => r != address);

    /// <summary>The page was fetched, so that an empty list of other requests says something.</summary>
    public bool FileWasRequested => requests.Contains(address);

    public async Task LoadAsync()
    {
        page.Console += (_, message) => complaints.Enqueue($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Dialog += async (_, dialog) =>
        {
            complaints.Enqueue($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Request += (_, request) => requests.Enqueue(request.Url);
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
    }

    public async ValueTask DisposeAsync() => await page.CloseAsync();
}
