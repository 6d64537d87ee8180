using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using BatchScoring.Dispatcher.Timetable;
using Microsoft.AspNetCore.Http;

namespace BatchScoring.Dispatcher.Web;

/// <summary>
/// Who may act. The token stands in a file and is asked for once; then a cookie says the visitor's name, signed with a key that dies with
/// the process and with the token. A reverse proxy that is trusted names people by a header instead. Forms carry a second signature, so
/// that no other site's form is taken.
/// </summary>
internal sealed class Access(PageSettings page, TimeProvider time)
{
    private const string CookieName = "dispatcher";
    private const int ShortestToken = 16, LongestName = 100;

    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>False where nobody can sign in.</summary>
    public bool MaySignIn => page.TokenFile is not null;

    /// <summary>True for what the audit can show as a name.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= LongestName && !name.Any(char.IsControl) && name.Trim() == name;

    /// <summary>True for the token of the file, as it is now.</summary>
    public bool IsToken(string? offered) => offered is not null && Token() is { } token
        && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(offered)), Hash(token));

    /// <summary>A program's name, when it shows the token as bearer.</summary>
    public string? Program(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            && IsToken(header["Bearer ".Length..].Trim())
                ? "api"
                : null;

    /// <summary>Remembers a visitor who showed the token.</summary>
    public void SignIn(HttpResponse response, string name, bool secure)
    {
        string until = (time.GetUtcNow() + Life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string said = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{until} {name}"));
        response.Cookies.Append(CookieName, $"{said}.{Sign("visitor", said)}", Options(secure));
    }

    public static void SignOut(HttpResponse response) => response.Cookies.Delete(CookieName);

    /// <summary>Who looks, or null.</summary>
    public Visitor? VisitorOf(HttpRequest request) => ByProxy(request) is { } named
        ? new Visitor(named, Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"form {named}"))), SignedIn: false)
        : ByCookie(request) is { } name ? new Visitor(name, Sign("form", name) ?? "", SignedIn: true) : null;

    /// <summary>True for a form that our own page sent.</summary>
    public static bool IsOurs(Visitor visitor, HttpRequest request, string? form) => visitor.Form.Length > 0 && Same(form, visitor.Form)
        && request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";

    /// <summary>Said twice is said by two, and one of them is not the proxy.</summary>
    private string? ByProxy(HttpRequest request) => page.Users is { } users
        && Equals(Plain(request.HttpContext.Connection.RemoteIpAddress), Plain(users.Proxy))
        && request.Headers[users.Header] is [{ } name] && IsName(name) && !name.Contains(',')
            ? name
            : null;

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private string? ByCookie(HttpRequest request)
    {
        if (request.Cookies[CookieName]?.Split('.') is not [{ } said, { } signature] || !Same(signature, Sign("visitor", said)))
            return null;
        string[] parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(said)).Split(' ', 2);
        return long.Parse(parts[0], CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeSeconds() ? parts[1] : null;
    }

    private static CookieOptions Options(bool secure) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = secure, Path = "/" };

    private static bool Same(string? offered, string? expected) => offered is not null && expected is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(offered), Encoding.UTF8.GetBytes(expected));

    private string? Sign(string what, string text) => Token() is { } token
        ? Base64Url.EncodeToString(HMACSHA256.HashData(Hash(token), Encoding.UTF8.GetBytes($"{what} {text}")))
        : null;

    private byte[] Hash(string token) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(token));

    /// <summary>Read at every use: a token that was changed holds at once.</summary>
    private string? Token()
    {
        try
        {
            string? line = page.TokenFile is { } file ? File.ReadLines(file).FirstOrDefault()?.Trim() : null;
            return line is { Length: >= ShortestToken } ? line : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>Somebody who may act.</summary>
/// <param name="Name">What the audit shows.</param>
/// <param name="Form">The secret that this visitor's forms carry.</param>
/// <param name="SignedIn">True: by our own form, and may sign out again. False: a proxy says who it is.</param>
internal sealed record Visitor(string Name, string Form, bool SignedIn);
