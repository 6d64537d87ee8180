using System.Text;
using BatchScoring.Core;

namespace BatchScoring.Tests.Docs;

/// <summary>docs/operate/exit-codes.md is made from <see cref="ExitCode"/>.</summary>
public sealed class ExitCodesPageTests
{
    [Fact]
    public void ExitCodesPage_SaysWhatTheEnumSays()
    {
        var docs = new XmlDocs(typeof(ExitCode).Assembly);
        var page = new StringBuilder("""
            # Exit codes

            The same for every command and for the programs that start them. The numbers from 64 on are those of `sysexits.h`; 130 is what shells say after Ctrl-C. [Errors](errors.md) lists which error gives which.

            The run record and the manifest are the verdict; an exit code only echoes it, where it survives the way (YARN's cluster mode turns every failure into 1; the driver leaves its answer in the store, and `submit` gives that code).

            | code | name | meaning |
            | --- | --- | --- |

            """);
        foreach (ExitCode code in Enum.GetValues<ExitCode>())
        {
            string meaning = docs.Of(typeof(ExitCode), code.ToString());
            meaning.ShouldNotBeEmpty(code.ToString());
            page.Append($"| {(int)code} | {code} | {meaning} |\n");
        }
        Generated.ShouldBeUpToDate(page.ToString(), "docs", "operate", "exit-codes.md");
    }
}
