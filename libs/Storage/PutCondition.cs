namespace BatchScoring.Storage;

/// <summary>When a put may write.</summary>
public enum PutCondition
{
    /// <summary>Always; replaces what is there.</summary>
    Always,

    /// <summary>Only when nothing has that key (<c>If-None-Match: *</c>; <c>link(2)</c> on a folder).</summary>
    IfAbsent,
}
