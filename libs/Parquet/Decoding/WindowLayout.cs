namespace BatchScoring.Parquet;

/// <summary>Room for one window's indices and, behind them, its values without gaps.</summary>
internal static unsafe class WindowLayout
{
    private const int Padded = (RowGroupReader.MaxRows * 4) + NativeBuffer.Slack;

    public const int Bytes = 2 * Padded;

    public static uint* Indices(byte* window) => (uint*)window;

    public static float* Dense(byte* window) => (float*)(window + Padded);
}
