import java.io.*;
import java.util.*;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.*;

/**
 * What the design avoids: rows of a wide table that leave Spark for another process, value by value. Prints one line of JSON: nanoseconds
 * per value for reading alone (every value touched), and with each way out on top of it.
 * usage: spark-submit --class RowsOut rows-out.jar INPUT.parquet ROUNDS   (all columns FLOAT, "id" apart)
 */
public class RowsOut {
    public static void main(String[] a) throws Exception {
        SparkSession spark = SparkSession.builder().appName("rows-out").getOrCreate();
        Dataset<Row> table = spark.read().parquet(a[0]).drop("id");
        int columns = table.columns().length;
        long values = table.count() * columns;
        List<Double> read = new ArrayList<>(), binary = new ArrayList<>(), text = new ArrayList<>();
        for (int round = 0; round <= Integer.parseInt(a[1]); round++) {
            read.add(time(() -> table.foreachPartition((ForeachPartitionFunction<Row>) rows -> touch(rows, columns)), values));
            binary.add(time(() -> table.foreachPartition((ForeachPartitionFunction<Row>) rows -> toBinary(rows, columns)), values));
            text.add(time(() -> table.foreachPartition((ForeachPartitionFunction<Row>) rows -> toText(rows, columns)), values));
        }
        System.out.printf(Locale.ROOT, "{\"spark\":\"%s\",\"values\":%d,\"read_ns\":%.1f,\"binary_ns\":%.1f,\"text_ns\":%.1f}%n",
            spark.version(), values, median(read), median(binary), median(text));
        spark.stop();
    }

    interface Work { void run() throws Exception; }

    static double time(Work work, long values) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / (double) values;
    }

    /** The first round warms the JVM up. */
    static double median(List<Double> figures) {
        List<Double> warm = new ArrayList<>(figures.subList(1, figures.size()));
        Collections.sort(warm);
        return warm.get(warm.size() / 2);
    }

    static void touch(Iterator<Row> rows, int columns) {
        double sum = 0;
        while (rows.hasNext()) { Row row = rows.next(); for (int i = 0; i < columns; i++) if (!row.isNullAt(i)) sum += row.getFloat(i); }
        if (sum == 0.1234) System.out.println(sum);
    }

    static Process reader() throws IOException {
        return new ProcessBuilder("sh", "-c", "cat >/dev/null").start();
    }

    static void toBinary(Iterator<Row> rows, int columns) throws Exception {
        Process process = reader();
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 20))) {
            while (rows.hasNext()) { Row row = rows.next(); for (int i = 0; i < columns; i++) out.writeFloat(row.isNullAt(i) ? Float.NaN : row.getFloat(i)); }
        }
        process.waitFor();
    }

    static void toText(Iterator<Row> rows, int columns) throws Exception {
        Process process = reader();
        try (Writer out = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), "UTF-8"), 1 << 20)) {
            while (rows.hasNext()) {
                Row row = rows.next();
                for (int i = 0; i < columns; i++) { if (i > 0) out.write(','); if (!row.isNullAt(i)) out.write(Float.toString(row.getFloat(i))); }
                out.write('\n');
            }
        }
        process.waitFor();
    }
}
