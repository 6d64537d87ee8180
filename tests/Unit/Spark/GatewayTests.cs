using BatchScoring.Spark;
using BatchScoring.Spark.Py4J;

namespace BatchScoring.Tests.Unit.Spark;

/// <summary>The client against a gateway that answers from a script.</summary>
public sealed class GatewayTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(null, "s", "PYSPARK_GATEWAY_PORT")]
    [InlineData("1", "", "PYSPARK_GATEWAY_SECRET")]
    [InlineData("0", "s", "no port")]
    [InlineData("65536", "s", "no port")]
    [InlineData("-1", "s", "no port")]
    public void Builder_WithoutSparkSubmit_SaysHowToStart(string? port, string secret, string named)
    {
        SparkSessionBuilder builder = new(name => name.EndsWith("PORT") ? port : secret);
        SparkException e = Should.Throw<SparkException>(() => builder.GetOrCreate());
        e.Code.ShouldBe(SparkCodes.GatewayMissing);
        e.Message.ShouldContain(named);
        e.Message.ShouldContain("spark-submit");
    }

    [Fact]
    public void Connect_NobodyListens_IsUnreachable()
    {
        GatewayAddress address;
        using (FakeGateway gone = new(_ => "")) address = gone.Address;
        Should.Throw<SparkException>(() => new Gateway(address)).Code.ShouldBe(SparkCodes.GatewayUnreachable);
    }

    [Theory]
    [InlineData("!xsInvalid secret " + FakeGateway.Secret + "\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("\n")]
    public void Connect_SecretRefused_SaysSoWithoutIt(string answer)
    {
        using FakeGateway fake = new(_ => answer);
        SparkException e = Should.Throw<SparkException>(() => fake.Connect());
        e.Code.ShouldBe(SparkCodes.GatewayRefused);
        e.ToString().ShouldNotContain(FakeGateway.Secret);
    }

    [Fact]
    public void Call_Arguments_StandOnLinesOfTheirOwn()
    {
        using FakeGateway fake = Scripted(command => command.StartsWith("i ") ? "!yro1\n" : "!ysback\\nž🐎\\\\\\r\n");
        using Gateway gateway = fake.Connect();
        JavaObject list = gateway.New("java.util.ArrayList");
        list.Call<string>("m", 1, 2L, "x\ny", null, true, list).ShouldBe("back\nž🐎\\\r");
        gateway.CallStatic<string>("a.B", "c").ShouldBe("back\nž🐎\\\r");
        fake.Commands.ShouldBe([$"1: A {FakeGateway.Secret}", "1: i java.util.ArrayList", "1: c o1 m i1 L2 sx\\ny n btrue ro1",
            "1: c z:a.B c"]);
    }

    [Theory]
    [InlineData("garbage\n", SparkCodes.Protocol)]
    [InlineData("\n", SparkCodes.Protocol)]
    [InlineData("!\n", SparkCodes.Protocol)]
    [InlineData("!y\n", SparkCodes.Protocol)]
    [InlineData("!q1\n", SparkCodes.Protocol)]
    [InlineData("!yo\n", SparkCodes.Protocol)]
    [InlineData("c\nf0\n", SparkCodes.Protocol)]
    [InlineData("!yi12\n", SparkCodes.Protocol)]
    [InlineData("!yn\n", SparkCodes.Protocol)]
    [InlineData("!xsno such method\\n\\tat Somewhere\n", SparkCodes.CallRejected)]
    [InlineData("!x\n", SparkCodes.CallRejected)]
    [InlineData("!zsfatal\n", SparkCodes.CallRejected)]
    [InlineData("!yshalf an ans", SparkCodes.GatewayLost)]
    [InlineData("", SparkCodes.GatewayLost)]
    public void Call_AnswerThatIsNone_IsATypedError(string answer, string code)
    {
        using FakeGateway fake = Scripted(_ => answer, cutAfterAnswer: code == SparkCodes.GatewayLost);
        using Gateway gateway = fake.Connect();
        Should.Throw<SparkException>(() => gateway.CallStatic<string>("a.B", "c")).Code.ShouldBe(code);
    }

    [Fact]
    public void Call_AfterABrokenAnswer_StaysBrokenInThisThreadOnly()
    {
        using FakeGateway fake = Scripted(command => command.Contains("bad") ? "garbage\n" : "!ysgood\n");
        using Gateway gateway = fake.Connect();
        Should.Throw<SparkException>(() => gateway.CallStatic<string>("a.B", "bad")).Code.ShouldBe(SparkCodes.Protocol);
        Should.Throw<SparkException>(() => gateway.CallStatic<string>("a.B", "good")).Code.ShouldBe(SparkCodes.Protocol);
        InThread(() => gateway.CallStatic<string>("a.B", "good")).ShouldBe("good");
    }

    [Fact]
    public void Call_LineBeyondTheLimit_IsRefused()
    {
        using FakeGateway fake =
            Scripted(command => command.Contains("long") ? $"!ys{new string('x', 200_001)}\n" : $"!ys{new string('é', 99_998)}\n");
        using Gateway gateway = fake.Connect(maxLineBytes: 200_000);
        gateway.CallStatic<string>("a.B", "fits").ShouldBe(new string('é', 99_998));
        SparkException e = Should.Throw<SparkException>(() => gateway.CallStatic<string>("a.B", "long"));
        e.Code.ShouldBe(SparkCodes.Protocol);
        e.Message.ShouldContain("200000");
    }

    [Fact]
    public void Call_HalfASurrogatePair_IsRefusedBeforeItIsSent()
    {
        using FakeGateway fake = Scripted(_ => "!ysok\n");
        using Gateway gateway = fake.Connect();
        Should.Throw<ArgumentException>(() => gateway.CallStatic<string>("a.B", "c", "\ud83d"));
        gateway.CallStatic<string>("a.B", "c").ShouldBe("ok");
    }

    [Fact]
    public void Call_JavaThrows_ExceptionHoldsClassMessageAndTrace()
    {
        using FakeGateway fake = Scripted(command => command switch
        {
            "c z:a.B fail" => "!xro7\n",
            "c o7 getClass" => "!yro8\n",
            "c o8 getName" => "!ysorg.apache.spark.SparkException\n",
            "c o7 getMessage" => "!ysJob aborted: exited with status 3\\n\tat a.B.c(B.java:1)\\n\t... 3 more\\n\\nDriver " +
            "stacktrace:\\nand more\n",
            "p ro7" => "!ysthe trace\n",
            _ => "!yv\n",
        });
        using Gateway gateway = fake.Connect();
        JavaException e = Should.Throw<JavaException>(() => gateway.CallStatic<string>("a.B", "fail"));
        e.Code.ShouldBe(SparkCodes.Failed);
        e.JavaClass.ShouldBe("org.apache.spark.SparkException");
        e.Reason.ShouldBe("Job aborted: exited with status 3");
        e.Message.ShouldBe("org.apache.spark.SparkException: Job aborted: exited with status 3");
        e.JavaMessage.ShouldContain("Driver stacktrace");
        e.JavaStackTrace.ShouldBe("the trace");
        Await(fake, "m d o7");
    }

    [Fact]
    public void Objects_DisposedOrCollected_AreFreedOnceByAnotherConnection()
    {
        using FakeGateway fake = Scripted(command => command.StartsWith("i ") ? $"!yro{command.Length}\n" : "!yv\n");
        using Gateway gateway = fake.Connect();
        JavaObject kept = gateway.New("aaaa");
        Forget(gateway);
        JavaObject disposed = gateway.New("a");
        disposed.Dispose();
        disposed.Dispose();
        Await(fake, "m d o3").ShouldStartWith("2: ");
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Await(fake, "m d o4").ShouldStartWith("2: ");
        SpinWait.SpinUntil(() => gateway.Freed == 2, Limit).ShouldBeTrue();
        GC.KeepAlive(kept);
    }

    [Fact]
    public void Threads_EachHaveAConnection_ThatGoesWithThem()
    {
        using FakeGateway fake = Scripted(_ => "!ysok\n");
        using Gateway gateway = fake.Connect();
        InThread(() => gateway.CallStatic<string>("a.B", "second"));
        InThread(() => gateway.CallStatic<string>("a.B", "third"));
        gateway.CallStatic<string>("a.B", "first");
        string[] calls = [.. fake.Commands.Where(c => !c.Contains(": A "))];
        calls.Select(c => c.Split(": ")[1]).ShouldBe(["c z:a.B second", "c z:a.B third", "c z:a.B first"]);
        calls[2].ShouldStartWith("1: ");
        calls[0].Split(':')[0].ShouldNotBe(calls[1].Split(':')[0]);
        fake.Ended.TryTake(out int ended, Limit).ShouldBeTrue();
        ended.ToString().ShouldBe(calls[0].Split(':')[0]);
    }

    [Fact]
    public async Task Dispose_WhileACallWaits_EndsItTyped()
    {
        using ManualResetEventSlim never = new();
        using FakeGateway fake = Scripted(_ =>
        {
            never.Wait();
            return "!yslate\n";
        });
        Gateway gateway = fake.Connect();
        TaskCompletionSource<string> code = new();
        Thread thread = new(() => code.SetResult(Should.Throw<SparkException>(() => gateway.CallStatic<string>("a.B", "wait")).Code));
        thread.Start();
        Await(fake, "c z:a.B wait");
        gateway.Dispose();
        (await code.Task.WaitAsync(Limit, TimeProvider.System)).ShouldBe(SparkCodes.GatewayClosed);
        Should.Throw<SparkException>(() => gateway.CallStatic<string>("a.B", "later")).Code.ShouldBe(SparkCodes.GatewayClosed);
        never.Set();
    }

    private static FakeGateway Scripted(Func<string, string> script, bool cutAfterAnswer = false) =>
        new(command => command.StartsWith("A ") ? "!yv\n" : script(command), cutAfterAnswer);

    private static void Forget(Gateway gateway) => new Action(() => gateway.New("aa").Call("touch"))();

    private static string InThread(Func<string> call)
    {
        string result = "";
        Thread thread = new(() => result = call());
        thread.Start();
        thread.Join();
        return result;
    }

    private static string Await(FakeGateway fake, string command)
    {
        while (fake.Commands.TryTake(out string? next, Limit))
        {
            if (next.EndsWith($": {command}")) return next;
        }
        throw new TimeoutException($"'{command}' never came.");
    }
}
