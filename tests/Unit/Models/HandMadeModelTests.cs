using BatchScoring.Models;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.Models;

/// <summary>A model made by hand that CatBoost 1.2.10 loads: feature x, borders -0.5 and 1.25, one tree of depth 2, bias 0.125.</summary>
public sealed class HandMadeModelTests
{
    internal const string Base64 =
        "Q0JNMegBAAAQAAAAAAAKABAADAAIAAQACgAAACQAAADUAAAABAAAABIAAABGbGFidWZmZXJzTW9kZWxfdjEAAAEAAAAMAAAACAAMAAgABAAIAAAACAAAAGQAAABbAAAAeyJj"
        + "bGFzc2VzX2NvdW50IjowLCJjbGFzc19uYW1lcyI6WzAsMV0sImNsYXNzX3RvX2xhYmVsIjpbMCwxXSwiY2xhc3NfbGFiZWxfdHlwZSI6IkludGVnZXIifQAMAAAAY2xh"
        + "c3NfcGFyYW1zAAAmADAALAAoACQAIAAcABgAFAAQAAwACAAAAAAAAAAAAAAAAAAEACYAAAAsAAAAOAAAAFwAAACYAAAAmAAAAJgAAACcAAAAbAAAAHAAAAB0AAAAAQAA"
        + "AAEAAAAAAAAAAADAPwAAAAAEAAAAAAAAAAAA8D8AAAAAAADwPwAAAAAAAPA/AAAAAAAA8D8AAAAABAAAAAAAAAAAAPC/AAAAAAAA0L8AAAAAAADgPwAAAAAAAABAAQAA"
        + "AAAAAAABAAAAAgAAAAIAAAABAAAAAAAAAAAAAAAAAAAAAQAAABgAAAAAAAAAEAAcABsAFAAQAAwACAAHABAAAAAAAAABIAAAABAAAAAAAAAAAAAAAAAAAAECAAAAAAAA"
        + "vwAAoD8BAAAAeAAAAA==";

    [Theory]
    [InlineData(float.NaN, -0.875)]
    [InlineData(-1f, -0.875)]
    [InlineData(-0.5f, -0.875)]
    [InlineData(0f, 0.625)]
    [InlineData(1.25f, 0.625)]
    [InlineData(1.3f, 2.125)]
    [InlineData(float.PositiveInfinity, 2.125)]
    [InlineData(float.NegativeInfinity, -0.875)]
    public void Score_HandMadeModel_GivesCatBoostsValue(float x, double expected)
    {
        var model = CatBoostModel.Load(Convert.FromBase64String(Base64));
        model.Inputs.ShouldBe([new ModelInput("x", 0, ModelInputKind.Numeric)]);
        var table = new ModelTable(model.Inputs, 1);
        table.Numeric(0)[0] = x;
        foreach (string evaluator in Evaluators.Available)
            table.Score(Evaluators.Create(model, evaluator))[0][0].ShouldBe(expected, evaluator);
    }
}
