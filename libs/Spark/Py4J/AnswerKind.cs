namespace BatchScoring.Spark.Py4J;

/// <summary>What an answer is.</summary>
internal enum AnswerKind
{
    /// <summary>The call's value.</summary>
    Value,

    /// <summary>The called code threw; the value is the throwable's id.</summary>
    Thrown,

    /// <summary>The gateway could not make the call; the value is its text.</summary>
    Rejected,
}
