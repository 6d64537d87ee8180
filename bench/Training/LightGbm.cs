using System.Runtime.InteropServices;

namespace BatchScoring.Bench.Training;

/// <summary>LightGBM's C interface, as much as a training needs. Every call answers 0, or says what failed.</summary>
internal static unsafe partial class LightGbm
{
    public const int Float32 = 0;
    public const int RawScore = 1;

    private const string Library = "lib_lightgbm";

    public static void Check(int answer)
    {
        if (answer != 0) throw new InvalidOperationException($"LightGBM: {Marshal.PtrToStringUTF8(LastError())}");
    }

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateDataset(
        float* rows, int type, int rowCount, int columnCount, int isRowMajor, string parameters, nint reference, out nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetField(nint dataset, string field, float[] values, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateBooster(nint dataset, string parameters, out nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    public static partial int AddTree(nint booster, out int isFinished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Predict(
        nint booster, float* rows, int type, int rowCount, int columnCount, int isRowMajor, int kind, int firstTree, int treeCount,
        string parameters, out long answers, double[] raw);

    [LibraryImport(Library, EntryPoint = "LGBM_GetLastError")]
    private static partial nint LastError();
}
