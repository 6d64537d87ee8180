using System.Text.Json.Serialization;

namespace BatchScoring.Core;

/// <summary>Who an attempt is: what it was asked, by whom, and where it works. Plan, manifest and record begin with it.</summary>
public abstract record RunIdentity
{
    /// <summary>For readers of JSON and for initialisers.</summary>
    protected RunIdentity()
    {
    }

    /// <summary>Version of the contract.</summary>
    [JsonPropertyOrder(-20)]
    public int Format { get; init; } = 1;

    /// <summary>The run's id, for example <c>score-2026-11-21-r1</c>.</summary>
    [JsonPropertyOrder(-19)]
    public required string Run { get; init; }

    /// <summary>The job, for example <c>score</c>.</summary>
    [JsonPropertyOrder(-18)]
    public required string Job { get; init; }

    /// <summary>The run date; null for a job without one.</summary>
    [JsonPropertyOrder(-17)]
    public string? RunDate { get; init; }

    /// <summary>The revision of that date.</summary>
    [JsonPropertyOrder(-16)]
    public int Revision { get; init; } = 1;

    /// <summary>Why a further revision was made, in the words of whoever asked; null for the first one.</summary>
    [JsonPropertyOrder(-15)]
    public string? Reason { get; init; }

    /// <summary>The attempt.</summary>
    [JsonPropertyOrder(-14)]
    public required string Attempt { get; init; }

    /// <summary>The attempt's folder: plan, results, quarantine, record, report. Older plans do not say it, and lie in it.</summary>
    [JsonPropertyOrder(-13)]
    public string AttemptFolder { get => field ?? $"{FolderLayout.Runs}{Run}/{Attempt}/"; init; }

    /// <summary>Hash of what decides the result; the same request has the same one.</summary>
    [JsonPropertyOrder(-12)]
    public required string Fingerprint { get; init; }

    /// <summary>The folder of the result, for example <c>test_sample/run_date=2026-11-21/</c>.</summary>
    [JsonPropertyOrder(-11)]
    public required string Folder { get; init; }

    /// <summary>How many rows might be set aside before the result was held; null for a job without a gate.</summary>
    [JsonPropertyOrder(-10)]
    public GateLimits? Limits { get; init; }

    /// <summary>The model, for a job that uses one.</summary>
    [JsonPropertyOrder(-9)]
    public ModelPin? Model { get; init; }

    /// <summary>Program and version.</summary>
    [JsonPropertyOrder(-8)]
    public required string Program { get; init; }

    /// <summary>What carried the work out: <c>embedded</c> or <c>spark</c>; null when nobody said.</summary>
    [JsonPropertyOrder(-7)]
    public string? Engine { get; init; }

    /// <summary>The cluster's name for the work, for example YARN's application id; null on one machine.</summary>
    [JsonPropertyOrder(-6)]
    public string? ApplicationId { get; init; }

    /// <summary>The machine that the driver ran on.</summary>
    [JsonPropertyOrder(-5)]
    public string? Host { get; init; }

    /// <summary>The version of the Delta table that was read; null for other input.</summary>
    [JsonPropertyOrder(-4)]
    public long? InputTableVersion { get; init; }

    /// <summary>The user it ran as.</summary>
    [JsonPropertyOrder(-4)]
    public string? User { get; init; }
}
