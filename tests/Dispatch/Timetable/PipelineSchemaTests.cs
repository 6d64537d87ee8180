using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Timetable;

public sealed class PipelineSchemaTests
{
    [Fact]
    public void File_IsWhatTheProgramPrints()
    {
        IEnumerable<IStepKind> kinds =
            StepKinds.Create(new HostRegistry([]), DispatcherFile.Defaults("/etc/dispatcher.yaml"), TimeProvider.System).Values;

        File.ReadAllText(Path.Combine(Repository.Root, "docs", "protocols", "pipeline.schema.json")).ShouldBe(
            PipelineSchema.Create([.. kinds.Select(kind => kind.Info)]),
            "make it anew: dispatcher schema > docs/protocols/pipeline.schema.json");
    }
}
