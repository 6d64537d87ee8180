namespace BatchScoring.Dispatcher.Web;

/// <summary>Asks for the token, and for a name that the audit shows.</summary>
internal static class SignInPage
{
    public static Html Write(string? wrong) => Html.Of(
        $"""
        <h1>Sign in to act</h1>{(wrong is null ? Html.Empty : Html.Of($"<p class=\"lead\" role=\"alert\">{wrong}</p>"))}
        <form method="post" action="/sign-in" class="sign">
        <label>Your name <input name="name" required maxlength="60" autocomplete="username"></label>
        <label>Token <input name="token" type="password" required autocomplete="current-password"></label><button>Sign in</button></form>
        """);
}
