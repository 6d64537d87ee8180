namespace BatchScoring.Spark.Py4J;

/// <summary>Makes a <see cref="JavaException"/> of a throwable that the gateway holds.</summary>
internal static class ThrowableReader
{
    public static JavaException Read(Gateway gateway, Connection connection, ObjectId id)
    {
        using JavaObject throwable = new(gateway, id);
        using JavaObject type = throwable.Call<JavaObject>("getClass");
        string trace = connection.Execute(Commands.StackTrace(id)).Value as string ?? "";
        return new JavaException(type.Call<string>("getName"), throwable.TryCall<string>("getMessage") ?? "", trace);
    }
}
