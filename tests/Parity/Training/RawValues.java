import ai.catboost.CatBoostModel;
import ai.catboost.CatBoostPredictions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CatBoost's own evaluator: of each folder that is named the raw values of rows.tsv by model.cbm, as bits, a line per row. */
public class RawValues {
    public static void main(String[] folders) throws Exception {
        for (String folder : folders) {
            List<String> lines = Files.readAllLines(Path.of(folder, "rows.tsv"));
            StringBuilder answers = new StringBuilder();
            try (CatBoostModel model = CatBoostModel.loadModel(Path.of(folder, "model.cbm").toString())) {
                int numbers = Integer.parseInt(lines.get(0));
                for (String line : lines.subList(1, lines.size())) {
                    String[] cells = line.split("\t", -1);
                    float[] numeric = new float[numbers];
                    for (int i = 0; i < numbers; i++) numeric[i] = cells[i].isEmpty() ? Float.NaN : Float.parseFloat(cells[i]);
                    String[] categories = java.util.Arrays.copyOfRange(cells, numbers, cells.length);
                    CatBoostPredictions raw = model.predict(numeric, categories);
                    for (int i = 0; i < raw.getPredictionDimension(); i++)
                        answers.append(i == 0 ? "" : " ").append(Double.doubleToRawLongBits(raw.get(0, i)));
                    answers.append('\n');
                }
            }
            Files.writeString(Path.of(folder, "answers.txt"), answers);
        }
    }
}
