using BatchScoring.Models;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.Models;

public sealed class EvaluatorsTests
{
    [Fact]
    public void Available_AnyProcessor_EndsWithTheReference() => Evaluators.Available[^1].ShouldBe("reference");

    [Fact]
    public void Create_UnknownName_ListsTheKnownOnes()
    {
        ModelException error = Should.Throw<ModelException>(() => Evaluators.Create(TinyModel.Constant(1), "fastest"));
        error.Code.ShouldBe(ModelErrorCodes.UnknownEvaluator);
        error.Message.ShouldContain("'fastest'");
        error.Message.ShouldContain("reference");
        error.Message.ShouldContain(Evaluators.EnvironmentVariable);
    }
}
