package io.camaudit.strategy;

import io.camaudit.report.Attention;
import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Prediction;
import io.camaudit.report.RawMap;
import io.camaudit.report.ReportJson;
import io.camaudit.report.TargetReason;
import io.camaudit.report.Verdict;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.StatisticsBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A run's records, with relevances in memory. The images of a class follow one of its two ways:
 * channels 0 to 7, where the model looks right, or 8 to 15, where it does not.
 */
final class SmallRun implements RelevanceSource {
  static final int CHANNELS = 24;

  private final List<List<ImageReport>> parts = new ArrayList<>();
  private final List<List<float[]>> relevances = new ArrayList<>();
  private final Random random = new Random(3);

  SmallRun(int partCount) {
    for (int i = 0; i < partCount; i++) {
      parts.add(new ArrayList<>());
      relevances.add(new ArrayList<>());
    }
  }

  static ClassRef classRef(int index) {
    return new ClassRef(index, "n" + index, "class " + index);
  }

  /**
   * Adds images of a class, dealt out to the parts in turn.
   *
   * @param way 0 or 1; negative for images without relevance
   */
  SmallRun add(int index, int way, int images) {
    for (int i = 0; i < images; i++) {
      String name = "class " + index + "/" + (way < 0 ? "none" : "way" + way) + "-" + i + ".jpg";
      add(report(name, classRef(index), index, way == 0), relevance(way));
    }
    return this;
  }

  SmallRun add(ImageReport report, float[] relevance) {
    int part = relevances.stream().mapToInt(List::size).sum() % relevances.size();
    parts.get(part).add(report);
    relevances.get(part).add(relevance);
    return this;
  }

  /** The same images in the opposite order, dealt out to so many parts. */
  SmallRun reversed(int partCount) {
    SmallRun other = new SmallRun(partCount);
    for (int part = parts.size() - 1; part >= 0; part--) {
      for (int row = parts.get(part).size() - 1; row >= 0; row--) {
        other.add(parts.get(part).get(row), relevances.get(part).get(row));
      }
    }
    return other;
  }

  float[] relevance(int way) {
    if (way < 0) {
      return null;
    }
    float[] relevance = new float[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      double mean = c >= 16 ? 1 : c / 8 == way ? 4 : 0.1;
      relevance[c] = (float) (-mean * Math.log(1 - random.nextDouble()) - 0.05);
    }
    return relevance;
  }

  static ImageReport report(String name, ClassRef label, int predicted, boolean right) {
    ClassRef answer = classRef(predicted);
    Explanation explanation =
        new Explanation(
            "gradcam",
            "conv",
            answer,
            TargetReason.PREDICTED,
            1f,
            ImageStatus.OK,
            new RawMap(2, 2, 0f, 1f, new float[][] {{1, 0}, {0, 0}}),
            null,
            new Attention(1, 0, 1, 0.5, 0.5, 0.4, 0.5, right ? 1 : 2, 0.1, 1, 0.1, 0.1),
            null);
    return new ImageReport(
        ImageReport.SCHEMA,
        name,
        ImageStatus.OK,
        null,
        null,
        label,
        List.of(new Prediction(predicted, answer.id(), answer.name(), 1f, 0.5f)),
        label == null ? null : (Boolean) label.equals(answer),
        List.of(explanation),
        label == null
            ? null
            : right ? Verdict.RIGHT_FOR_RIGHT_REASONS : Verdict.RIGHT_FOR_WRONG_REASONS);
  }

  /** Writes the records; answers what was summed up of them. */
  DatasetStatistics write(Path directory) throws IOException {
    Files.createDirectories(directory.resolve("records"));
    for (int part = 0; part < parts.size(); part++) {
      Path file = directory.resolve("records/part-0000" + part + ".jsonl");
      try (OutputStream out = Files.newOutputStream(file)) {
        for (ImageReport report : parts.get(part)) {
          out.write(ReportJson.line(report));
          out.write('\n');
        }
      }
    }
    return StatisticsBuilder.of(parts.stream().flatMap(List::stream).toList());
  }

  @Override
  public int channels() {
    return CHANNELS;
  }

  @Override
  public float[] read(int part, int row) {
    return relevances.get(part).get(row);
  }
}
