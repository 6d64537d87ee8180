using BatchScoring.Core;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Dispatcher.Timetable.Yaml;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Timetable;

/// <summary>What people write in pipelines/, and what they are told when it is wrong.</summary>
public sealed class PipelineFilesTests : IDisposable
{
    private static readonly StepKindInfo[] Kinds =
    [
        new("exec", "A command over SSH.",
        [
            new StepKey("host", StepKeyType.Host, true, "Where."), new StepKey("command", StepKeyType.Texts, true, "What."),
            new StepKey("environment", StepKeyType.Map, false, "Variables."), new StepKey("nice", StepKeyType.Number, false, "How nice."),
            new StepKey("quiet", StepKeyType.Switch, false, "No output."), new StepKey("poll", StepKeyType.Duration, false, "How often."),
        ]),
        new("mail", "A mail.", [new StepKey("to", StepKeyType.Texts, false, "Who.")]),
    ];

    private const string Good = """
        description: Scores of the day
        schedule: {cron: "30 2 * * *", zone: Europe/Berlin}
        window: {not_before: "02:00", start_by: "03:00", deliver_by: "06:30"}
        catch_up: 3
        overlap: skip
        parameters: {root: s3://loans, day: "{date-1}"}
        mail:
          - {to: [risk@bank.example, ops@bank.example], on: [late, failed]}
          - {to: head@bank.example, digest: true}
        steps:
          - name: score
            exec: {host: edge, command: [score, --date, "{day}"], environment: {ROOT: "{root}"}, nice: 5, quiet: true, poll: 90s}
            deadline: 1h30m
            retries: {count: 2, wait: 5m}
          - name: clean
            when: always
            exec: {host: edge, command: rm}
            after: [score]
          - name: tell
            if: score.rows > 0
            mail:
        """;

    private const string Hostile = " \t\n:-[]{}'\"#&*!|>%@`,?x0\0";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_GoodFile_IsAPipeline()
    {
        (IReadOnlyList<Pipeline> pipelines, IReadOnlyList<Mistake> mistakes) = Load(("app.yaml", Good));

        mistakes.ShouldBeEmpty();
        Pipeline app = pipelines.ShouldHaveSingleItem();
        (app.Name, app.Description, app.CatchUp, app.Overlap, app.Text).ShouldBe(("app", "Scores of the day", 3, Overlap.Skip, Good));
        app.Fingerprint.Length.ShouldBe(64);
        app.Window.ShouldBe(new Window(TimeSpan.FromHours(2), TimeSpan.FromHours(3), TimeSpan.FromHours(6.5)));
        app.Schedule!.Text.ShouldBe("30 2 * * * Europe/Berlin");
        app.Parameters["day"].ShouldBe("{date-1}");
        app.Steps
            .Select(s => $"{s.Name} {s.Kind} [{string.Join(' ', s.After)}] {s.When} {s.Condition?.Text} {s.Deadline} {s.Retries.Count}")
            .ShouldBe(
            [
                "score exec [] Success  01:30:00 2", "clean exec [score] Always   0", "tell mail [clean] Success score.rows > 0  0",
            ]);
        app.Steps[0].Settings.ToJsonString().ShouldBe("""
            {"host":"edge","command":["score","--date","{day}"],"environment":{"ROOT":"{root}"},"nice":5,"quiet":true,"poll":"90s"}
            """);
        app.Mail.Select(group => $"{string.Join(' ', group.To)} {string.Join(' ', group.On)} {group.Digest}").ShouldBe(
            ["risk@bank.example ops@bank.example Late Failed False", "head@bank.example Ok Late Held Failed True"]);
        app.Steps[1].Settings["command"]!.ToJsonString().ShouldBe("\"rm\"");
    }

    [Fact]
    public void Parse_KeptText_IsTheSamePipeline()
    {
        Pipeline loaded = Load(("app.yaml", Good)).Pipelines[0];

        PipelineFiles.Parse("app", loaded.Text, Rules()).Fingerprint.ShouldBe(loaded.Fingerprint);
        Should.Throw<BatchScoringException>(() => PipelineFiles.Parse("app", "steps: []", Rules())).Code
            .ShouldBe("PIPELINE_INVALID");
    }

    [Fact]
    public void Load_StepsInAnyOrder_EachStandsAfterThoseItWaitsFor()
    {
        Pipeline pipeline = Load(("p.yaml", """
            steps:
              - {name: c, after: [a, b], mail: {}}
              - {name: b, after: a, mail: {}}
              - {name: a, after: [], mail: {}}
              - {name: f, when: failure, mail: {}}
            """)).Pipelines.ShouldHaveSingleItem();

        pipeline.Steps.Select(s => s.Name).ShouldBe(["a", "b", "c", "f"]);
        pipeline.Steps[3].After.ShouldBe(["c", "b", "a"]);
        (pipeline.Schedule, pipeline.CatchUp, pipeline.Overlap).ShouldBe((null, 1, Overlap.Queue));
    }

    [Theory]
    [InlineData("schedul: {}", "1:1: 'schedul' is no key of a pipeline. Did you mean 'schedule'?")]
    [InlineData("steps:\n\t- name: a", "2:1: A tab indents this line")]
    [InlineData("steps: [", "This is not YAML")]
    [InlineData("- a", "1:1: A list of 'name: value' lines is needed here")]
    [InlineData("", "The file is empty")]
    [InlineData("description: a\ndescription: b", "2:1: This is not YAML: Duplicate key")]
    [InlineData("description: &a x\nparameters: {b: *a}", "1:14: Anchors")]
    [InlineData("---\na: 1\n---\nb: 1", "4:1: A second document")]
    [InlineData("description: x", "'steps' is missing from a pipeline")]
    [InlineData("steps: []", "1:8: 'steps' is an empty list")]
    [InlineData("steps: [{name: a, mail: }, {name: a, mail: }]", "1:35: A step 'a' is there already")]
    [InlineData("steps: [{name: A b, mail: }]", "1:16: 'name' is 'A b'; it must be 1 to 30 of a-z")]
    [InlineData("steps: [{name: a}]", "1:9: A step needs exactly one of exec, mail; it has none.")]
    [InlineData("steps: [{name: a, mail: , exec: {host: edge, command: x}}]", "it has exec and mail.")]
    [InlineData("steps: [{name: a, email: {}}]", "1:19: 'email' is no key of a step. Did you mean 'mail'?")]
    [InlineData("steps: [{name: a, exec: {host: edg, command: x}}]",
        "1:32: 'host' is 'edg'; it must be edge or other. Did you mean 'edge'?")]
    [InlineData("steps: [{name: a, exec: {command: x}}]", "1:25: 'host' is missing from 'exec': Where.")]
    [InlineData("steps: [{name: a, exec: {host: edge, command: x, nice: very}}]", "1:56: 'nice' is 'very'; it must be a number")]
    [InlineData("steps: [{name: a, exec: {host: edge, command: x, quiet: yes}}]", "it must be true or false")]
    [InlineData("steps: [{name: a, exec: {host: edge, command: {x: y}}}]",
        "1:47: 'command' is a group of 'name: value' lines; it must be a text")]
    [InlineData("steps: [{name: a, exec: {host: edge, command: x, poll: 90}}]",
        "it must be a duration like 90s, 15m, 2h, 1h30m. Seconds are '90s'.")]
    [InlineData("steps: [{name: a, exec: {host: edge, command: \"{dat}\"}}]", "1:47: Nothing fills in '{dat}'. Did you mean 'date'?")]
    [InlineData("parameters: {date: x}\nsteps: [{name: a, mail: }]", "1:14: 'date' has a meaning already")]
    [InlineData("parameters: {a: x, b: \"{a}\"}\nsteps: [{name: a, mail: }]", "1:23: Nothing fills in '{a}'")]
    [InlineData("steps: [{name: a, mail: , after: b}]", "1:34: There is no step 'b'")]
    [InlineData("steps: [{name: a, after: c, mail: }, {name: b, mail: }, {name: c, mail: }]",
        "Steps wait for each other in a circle: a → c → b → a.")]
    [InlineData("steps: [{name: a, mail: }, {name: b, after: [], if: a.rows > 0, mail: }]",
        "The condition asks 'a', for which 'b' does not wait")]
    [InlineData("steps: [{name: a, mail: }, {name: b, if: aa.rows > 0, mail: }]",
        "1:42: The condition asks 'aa', and there is no such step. Did you mean 'a'?")]
    [InlineData("steps: [{name: a, if: rows, mail: }]", "1:23: The condition has 'rows' at character 1")]
    [InlineData("steps: [{name: a, when: sucess, mail: }]", "it must be success or failure or always. Did you mean 'success'?")]
    [InlineData("mail: [{to: [risk]}]\nsteps: [{name: a, mail: }]", "1:14: ")]
    [InlineData("mail: [{to: a@b.example, on: [good]}]\nsteps: [{name: a, mail: }]", "it must be ok or late or held or failed")]
    [InlineData("catch_up: 0\nsteps: [{name: a, mail: }]",
        "1:11: 'catch_up' is '0'; it must be none or last, or a whole number from 1 to 1000")]
    [InlineData("steps: [{name: a, retries: {count: 21}, mail: }]", "a whole number from 0 to 20")]
    public void Load_Mistake_IsToldWithItsPlace(string text, string told) => MistakesOf(text).ShouldContain(line => line.Contains(told));

    [Theory]
    [InlineData("cron: 30 2 * * *", "'zone' is missing from the schedule")]
    [InlineData("cron: 30 2 * * *, zone: Europe/Berln", "1:36: There is no time zone 'Europe/Berln'. Did you mean 'Europe/Berlin'")]
    [InlineData("cron: 30 2 * * *, zone: ../../etc/localtime", "There is no time zone")]
    [InlineData("cron: 0 0 30 2 *, zone: UTC", "1:18: '0 0 30 2 *' is never due")]
    [InlineData("cron: 30 2 * * *, at: 02:30, zone: UTC", "The schedule needs exactly one of cron, at; it has cron and at.")]
    [InlineData("cron: 30 2 * * *, zone: UTC, on_holiday: skip", "'on_holiday' goes with 'at'")]
    [InlineData("at: 25:30, on: every-day, zone: UTC", "1:16: 'at' is '25:30'; it must be a time like \"02:30\"")]
    [InlineData("at: 02:30, zone: UTC", "'on' is missing from the schedule")]
    [InlineData("at: 02:30, on: busy-days, zone: UTC", "1:27: 'on' is 'busy-days'; it must be every-day, business-days")]
    [InlineData("at: 02:30, on: day-of-month 32, zone: UTC", "'on' is 'day-of-month 32'")]
    [InlineData("at: 02:30, on: [mon, tues], zone: UTC", "'on' is a list")]
    [InlineData("at: 02:30, on: every-day, zone: UTC, calendar: bnk",
        "There is no calendar 'bnk' (calendars/bnk.yaml). Did you mean 'bank'?")]
    [InlineData("at: 02:30, on: every-day, zone: UTC, on_holiday: skip", "'on_holiday' needs a 'calendar'")]
    [InlineData("at: 02:30, on: business-days, zone: UTC, calendar: bank, on_holiday: skip", "says nothing with 'on: business-days'")]
    [InlineData("at: 02:30, on: every-day, zone: UTC, calendar: broken", "broken.yaml:1:12: There is no date '2026-02-30'.")]
    public void Load_Schedule_MistakeIsTold(string schedule, string told)
    {
        File.WriteAllText(Calendar("bank"), "holidays: {2026-12-25: Christmas}");
        File.WriteAllText(Calendar("broken"), "holidays: {2026-02-30: Never}");

        MistakesOf($"schedule: {{{schedule}}}\nsteps: [{{name: a, mail: }}]").ShouldContain(line => line.Contains(told));
    }

    [Theory]
    [InlineData("", "deliver_by: \"06:30\"", "2:23: 'deliver_by' cannot be computed: the pipeline has no schedule")]
    [InlineData("cron: 0 * * * *, zone: UTC", "deliver_by: \"06:30\"", "may be due several times a date")]
    [InlineData("cron: 0 7 * * *, zone: UTC", "deliver_by: \"06:30\"",
        "is not after 07:00, when the run is due. For the day after write \"06:30+1d\".")]
    [InlineData("cron: 0 7 * * *, zone: UTC", "start_by: \"09:00\", deliver_by: \"08:30\"",
        "'deliver_by' (08:30) is not after 'start_by' (09:00)")]
    [InlineData("cron: 0 7 * * *, zone: UTC", "not_before: \"09:00\", deliver_by: \"09:00\"",
        "'deliver_by' (09:00) is not after 'not_before'")]
    [InlineData("cron: 0 7 * * *, zone: UTC", "deliver_by: 6:30", "'deliver_by' is '6:30'; it must be a time like")]
    public void Load_Window_ThatNobodyCanWatch_IsAMistake(string schedule, string window, string told) =>
        MistakesOf(
                $"{(schedule.Length > 0 ? $"schedule: {{{schedule}}}" : "description: x")}\nwindow:  {{{window}}}\n" +
                "steps: [{name: a, mail: }]")
            .ShouldContain(line => line.Contains(told));

    [Fact]
    public void Load_WindowOfTheDayAfter_IsComputed() =>
        Load(("p.yaml", """
            schedule: {at: "22:00", on: [mon, thu], zone: UTC}
            window: {start_by: "23:00", deliver_by: "06:30+1d"}
            steps: [{name: a, mail: }]
            """)).Pipelines.ShouldHaveSingleItem().Window.DeliverBy.ShouldBe(TimeSpan.FromHours(30.5));

    [Fact]
    public void Load_SeveralFiles_AllMistakesOfAllAndTheGoodOnes()
    {
        PipelineFiles files = Load(("app.yaml", Good), ("Bad Name.yaml", Good), ("two.yaml", "catchup: 1\nsteps: [{name: a, mal: }]"),
            ("three.yml", Good), ("notes.txt", "not read"));

        files.Pipelines.Select(p => p.Name).ShouldBe(["app"]);
        files.Mistakes.Select(m => Path.GetFileName(m.ToString())).ShouldBe(
            [
                "Bad Name.yaml:1:1: The file's name is the pipeline's: 'Bad Name' must be 1 to 40 of a-z, 0-9 and -, with a letter " +
                "or digit first.",
                "three.yml: Pipeline files end in .yaml; this one is not read.",
                "two.yaml:1:1: 'catchup' is no key of a pipeline. Did you mean 'catch_up'? It has: description, " +
                "schedule, window, catch_up, overlap, parameters, mail, steps.",
                "two.yaml:2:9: A step needs exactly one of exec, mail; it has none.",
                "two.yaml:2:19: 'mal' is no key of a step. Did you mean 'mail'? It has: name, after, when, if, deadline, " +
                "retries, exec, mail.",
            ]);
    }

    [Fact]
    public void Names_LongestParts_FitAYarnTag()
    {
        string run = $"{new string('p', Names.MaxPipeline)}.2026-11-28t021530b.r9999";
        new StepWork(run, "", default, new string('s', Names.MaxStep), 99, 0, [], _ => { }).AttemptId.Length.ShouldBeLessThanOrEqualTo(100);
    }

    [Fact]
    public void Load_RandomDamage_AlwaysAnswers()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        for (int i = 0; i < 3_000; i++)
        {
            char[] text = Good.ToCharArray();
            for (int change = random.Next(1, 6); change > 0; change--)
                text[random.Next(text.Length)] = Hostile[random.Next(Hostile.Length)];
            string damaged = new(text, 0, random.Next(4) == 0 ? random.Next(text.Length) : text.Length);
            try
            {
                PipelineFiles.Parse("app", damaged, Rules());
            }
            catch (BatchScoringException e) when (e.Message.StartsWith("app.yaml", StringComparison.Ordinal))
            {
                // An answer: every mistake begins with its place.
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, case {i}:\n{damaged}", e);
            }
        }
    }

    private IEnumerable<string> MistakesOf(string text) => Load(("app.yaml", text)).Mistakes.Select(m => m.ToString());

    private PipelineFiles Load(params (string Name, string Text)[] files)
    {
        string pipelines = Directory.CreateDirectory(_folder.File("pipelines")).FullName;
        foreach ((string name, string text) in files) File.WriteAllText(Path.Combine(pipelines, name), text);
        return PipelineFiles.Load(pipelines, Rules());
    }

    private string Calendar(string name) => Path.Combine(Directory.CreateDirectory(_folder.File("calendars")).FullName, name + ".yaml");

    private PipelineRules Rules() => new(Kinds, ["edge", "other"], _folder.File("calendars"));
}
