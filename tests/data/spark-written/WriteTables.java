import org.apache.spark.sql.SparkSession;

/** Writes one small table in every way that Spark's Parquet writer has. Arguments: the folder, and the prefix of the files' names. */
public final class WriteTables {
    public static void main(String[] arguments) throws Exception {
        SparkSession spark = SparkSession.builder().getOrCreate();
        String columns = "id, cast(id as int) as i32, cast(id * 1234567890123 as bigint) as i64, cast(id % 100 as tinyint) as i8,"
            + " cast(id % 30000 as smallint) as i16, id % 3 = 0 as b, if(id % 7 = 0, null, id % 2 = 0) as bn,"
            + " cast(id % 9 as float) as few, cast(hash(id) * 0.37 as float) as f, hash(id) * 0.123456789 as d, (id % 50) * 0.1 as dfew,"
            + " if(hash(id) % 20 = 0, null, cast(id % 40 as float)) as n5, if(id % 3 <> 0, null, cast(hash(id) as float)) as n66,"
            + " cast(null as float) as nothing, cast('NaN' as float) as nan, cast(-0.0 as float) as zero, if(id % 5 = 0, null, id) as lnull,"
            + " concat('text ', id % 10) as t, cast(id * 0.01 as decimal(12,2)) as dec, cast('2026-11-21' as date) as day";
        for (String codec : new String[] {"uncompressed", "snappy", "zstd", "gzip"})
            for (String dictionary : new String[] {"true", "false"})
                for (String version : new String[] {"v1", "v2"}) {
                    if (codec.equals("gzip") && !(dictionary.equals("true") && version.equals("v1"))) continue;
                    String name = arguments[1] + "-" + codec + "-" + (dictionary.equals("true") ? "dictionary" : "plain") + "-" + version;
                    spark.range(0, 3000, 1, 1).createOrReplaceTempView("rows");
                    spark.sql("select " + columns + " from rows")
                        .write().option("compression", codec).option("parquet.enable.dictionary", dictionary)
                        .option("parquet.page.size", "1024").option("parquet.page.row.count.limit", "700")
                        .option("parquet.writer.version", version).parquet(arguments[0] + "/" + name);
                }
        spark.stop();
    }
}
