using System.Text.RegularExpressions;
using BatchScoring.Dispatcher.Timetable.Yaml;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>
/// Names that people choose. They become parts of run ids, file names and YARN tags (lower case, 100 characters): with the lengths allowed
/// here, <c>pipeline.2026-11-28t021530b.r9999.step.99</c> has at most 100.
/// </summary>
internal static partial class Names
{
    public const int MaxPipeline = 40;
    public const int MaxStep = 30;

    public static TextValue Pipeline { get; } = new($"1 to {MaxPipeline} of a-z, 0-9 and -, with a letter or digit first", PipelineForm());

    public static TextValue Host { get; } = new("a name of a-z, 0-9 and -, with a letter or digit first", PipelineForm());

    public static TextValue Step { get; } = new($"1 to {MaxStep} of a-z, 0-9 and -, with a letter or digit first", StepForm());

    public static TextValue Parameter { get; } = new("1 to 40 of a-z, 0-9 and _, with a letter first", ParameterForm());

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PipelineForm();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,29}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StepForm();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ParameterForm();
}
