namespace BatchScoring.DuckDb.Native;

/// <summary>Lets a caller read any integer as the integer type it wants, when the value fits.</summary>
internal static class ScalarConversion
{
    internal static T? To<T>(object? value)
    {
        if (value is null) return default;
        if (value is T exact) return exact;
        Type wanted = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        object? converted = value is Int128 or UInt128 or sbyte or byte or short or ushort or int or uint or long or ulong
            ? Narrow(Widen(value), wanted)
            : null;
        return converted is T fits
            ? fits
            : throw new ArgumentException($"The value is a {value.GetType().Name}, asked for was {typeof(T).Name}.", nameof(value));
    }

    private static Int128 Widen(object value) => value switch
    {
        Int128 it => it,
        UInt128 it => checked((Int128)it),
        ulong it => it,
        _ => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static object? Narrow(Int128 value, Type wanted) => checked(Type.GetTypeCode(wanted) switch
    {
        TypeCode.SByte => (object)(sbyte)value,
        TypeCode.Byte => (byte)value,
        TypeCode.Int16 => (short)value,
        TypeCode.UInt16 => (ushort)value,
        TypeCode.Int32 => (int)value,
        TypeCode.UInt32 => (uint)value,
        TypeCode.Int64 => (long)value,
        TypeCode.UInt64 => (ulong)value,
        _ => wanted == typeof(Int128) ? value : null,
    });
}
