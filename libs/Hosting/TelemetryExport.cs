using System.Diagnostics;
using BatchScoring.Core;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace BatchScoring.Hosting;

/// <summary>
/// Sends spans and metrics by OTLP where OpenTelemetry's own variables ask for it; how and where is theirs to say
/// (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>…_PROTOCOL</c>, <c>…_HEADERS</c>, <c>OTEL_RESOURCE_ATTRIBUTES</c> …). What cannot be sent is
/// lost, and no run fails for it. A program that was called with <c>TRACEPARENT</c> tells its spans in its caller's trace.
/// </summary>
public sealed class TelemetryExport : IDisposable
{
    /// <summary>A collector that does not answer must not keep a finished command waiting.</summary>
    private const int FlushMilliseconds = 3000;

    private static readonly string[] Asking =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    private readonly TracerProvider _spans;
    private readonly MeterProvider _metrics;
    private readonly Activity? _called;

    private TelemetryExport(string program, string version, string? caller)
    {
        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService(program, serviceVersion: version)
            .AddEnvironmentVariableDetector();
        _spans = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Spans.SourceName).AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Spans.SourceName).AddOtlpExporter().Build();
        _called = Spans.Called(program, caller);
    }

    /// <summary>Begins to listen; null, and no cost, when no variable asks for it.</summary>
    /// <param name="environment">Reads variables.</param>
    /// <param name="program">The service's name, unless <c>OTEL_SERVICE_NAME</c> says another.</param>
    /// <param name="version">The program's version.</param>
    public static TelemetryExport? Start(Func<string, string?> environment, string program, string version) =>
        !string.Equals(environment("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
        && Asking.Any(name => !string.IsNullOrWhiteSpace(environment(name)))
            ? new TelemetryExport(program, version, environment("TRACEPARENT"))
            : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _called?.Dispose();
        _spans.ForceFlush(FlushMilliseconds);
        _metrics.ForceFlush(FlushMilliseconds);
        _spans.Dispose();
        _metrics.Dispose();
    }
}
