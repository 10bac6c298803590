package io.camaudit.page;

import io.camaudit.report.Attention;
import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageProperties;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Prediction;
import io.camaudit.report.RawMap;
import io.camaudit.report.RegionFit;
import io.camaudit.report.ReportJson;
import io.camaudit.report.TargetReason;
import io.camaudit.report.Verdict;
import io.camaudit.stats.StatisticsBuilder;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A run's directory with drawn pictures, made-up maps and real statistics over them. One class
 * looks at a stamp in the corner, one is not recognised well; with hostile names, some classes,
 * images and reasons are attempts to break out of the page.
 */
final class SyntheticRun {
  static final String HOSTILE_CLASS = "</script><img src=x onerror=alert(1)>";
  static final String HOSTILE_FOLDER = "<img src=x onerror=alert(2)>\"'&#%2F?";
  static final String HOSTILE_REASON = "<svg onload=alert(3)></style><script>alert(4)</script>";

  private static final List<String> NAMES =
      List.of("balloon", "fish", "house", "mushroom", "sailboat", "teapot");
  private static final int CORNER_CLASS = 1;
  private static final int CELLS = 7;

  private final Path directory;
  private final int classes;
  private final int perClass;
  private final boolean labels;
  private final boolean regions;
  private final boolean hostile;
  private final Random random = new Random(20261121);
  private final Random looks = new Random(20261126);
  private final Map<String, RegionOutline> outlines = new HashMap<>();
  private final List<ImageReport> reports = new ArrayList<>();

  private SyntheticRun(
      Path directory, int classes, int perClass, boolean labels, boolean regions, boolean hostile) {
    this.directory = directory;
    this.classes = classes;
    this.perClass = perClass;
    this.labels = labels;
    this.regions = regions;
    this.hostile = hostile;
  }

  /** Labelled images with regions. */
  static SyntheticRun write(Path directory, int classes, int perClass, boolean hostile)
      throws IOException {
    return write(directory, classes, perClass, true, true, hostile);
  }

  static SyntheticRun write(
      Path directory, int classes, int perClass, boolean labels, boolean regions, boolean hostile)
      throws IOException {
    SyntheticRun run = new SyntheticRun(directory, classes, perClass, labels, regions, hostile);
    run.writeAll();
    return run;
  }

  PageInput input() {
    OutlineSource source =
        regions ? view -> outlines.get(view.report().image()) : OutlineSource.NONE;
    return new PageInput(
        new RunFolder(directory.toString()),
        PhotoSource.below(directory.resolve("photos").toString()),
        source,
        MapFrame.WHOLE,
        true);
  }

  List<ImageReport> reports() {
    return reports;
  }

  /** Null if the image has no region. */
  RegionOutline outline(String image) {
    return outlines.get(image);
  }

  private String className(int index) {
    if (hostile && index == 2) {
      return HOSTILE_CLASS;
    }
    return index < NAMES.size() ? NAMES.get(index) : "class " + index;
  }

  private void writeAll() throws IOException {
    Files.createDirectories(directory.resolve("records"));
    for (int index = 0; index < classes; index++) {
      for (int i = 0; i < perClass; i++) {
        add(index, i);
      }
    }
    addFailures();
    for (int shard = 0; shard < 2; shard++) {
      Path file = directory.resolve("records/part-0000" + shard + ".jsonl");
      try (OutputStream out = Files.newOutputStream(file)) {
        for (int i = shard; i < reports.size(); i += 2) {
          out.write(ReportJson.line(reports.get(i)));
          out.write('\n');
        }
      }
    }
    Files.write(
        directory.resolve("classes.json"), ReportJson.document(StatisticsBuilder.of(reports)));
    Files.writeString(
        directory.resolve("run.json"),
        """
        {"schema": 1, "tool": {"name": "camaudit", "version": "0.1.0"},
         "model": {"name": "resnet50", "weightsSha256": "5f0c8b", "layers": ["conv5_block3_out"]},
         "input": {"location": "photos", "root": "photos", "matched": %1$d},
         "options": {"verdict": "pointing", "batchSize": 16, "overlay": {"alpha": 0.5}},
         "counts": {"OK": %1$d},
         "timing": {"startedAt": "2026-11-21T09:30:00Z", "seconds": 12.4}}
        """
            .formatted(reports.size()));
  }

  private void addFailures() {
    String reason = hostile ? HOSTILE_REASON : "the JPEG ends in the middle of its data";
    ClassRef label = labels ? ref(0) : null;
    reports.add(
        ImageReport.failure(
            "broken/" + (hostile ? HOSTILE_FOLDER : "cut") + ".jpg",
            ImageStatus.CORRUPT,
            reason,
            null,
            label));
    reports.add(
        ImageReport.failure(
            "broken/notes.jpg",
            ImageStatus.NOT_AN_IMAGE,
            "the content is no picture",
            null,
            label));
  }

  private ClassRef ref(int index) {
    return new ClassRef(index, "n%08d".formatted(index), className(index));
  }

  private void add(int index, int number) throws IOException {
    String folder = hostile && index == 2 ? HOSTILE_FOLDER : className(index);
    String name = "%s/%s-%03d.jpg".formatted(folder, "img", number);
    Scene scene = Scene.draw(index, random);
    boolean corner = index == CORNER_CLASS && number % 5 != 0;
    boolean right = random.nextDouble() < (index == 3 ? 0.6 : 0.9);
    boolean elsewhere = corner || random.nextDouble() < 0.12;
    if (corner) {
      scene.stamp();
    }
    // The last image of each class has no photograph any more.
    if (number < perClass - 1 || perClass == 1) {
      write(index, "photos/" + name, scene);
    }
    boolean empty = number == 7;
    float[][] map = empty ? new float[CELLS][CELLS] : map(scene, corner, elsewhere);
    boolean hasRegion = regions && number % 11 != 10;
    if (hasRegion) {
      outlines.put(name, scene.outline());
    }
    String overlay = "overlays/" + name + ".gradcam-last-" + index + ".jpg";
    write(index, overlay, scene);
    int predicted = right ? index : (index + 1 + random.nextInt(2)) % classes;
    List<Prediction> top = top(predicted, index);
    RegionFit fit = hasRegion && !empty ? fit(map, scene, !elsewhere) : null;
    Explanation first =
        explanation(ref(predicted), TargetReason.PREDICTED, map, overlay, fit, empty);
    List<Explanation> explanations = new ArrayList<>(List.of(first));
    if (labels && !right) {
      float[][] other = map(scene, false, false);
      explanations.add(
          explanation(ref(index), TargetReason.LABEL, other, null, fit(other, scene, true), false));
    }
    ImageFile file =
        new ImageFile(
            "JPEG", scene.width(), scene.height(), 1, 20_000L, "00".repeat(32), properties(index));
    reports.add(
        new ImageReport(
            ImageReport.SCHEMA,
            name,
            empty ? ImageStatus.EMPTY_MAP : ImageStatus.OK,
            empty ? "nothing in the map is positive" : null,
            file,
            labels ? ref(index) : null,
            top,
            labels ? right : null,
            explanations,
            labels ? verdict(empty, hasRegion, right, !elsewhere) : null));
  }

  /** The class that is stamped was saved by another program, too. */
  private ImageProperties properties(int index) {
    boolean other = index == CORNER_CLASS;
    return new ImageProperties(
        0.5 + 0.1 * looks.nextGaussian() / 3,
        0.2 + 0.05 * looks.nextGaussian() / 3,
        0.1 * looks.nextGaussian() / 3,
        0.1 * looks.nextGaussian() / 3,
        0.2 + 0.1 * looks.nextDouble(),
        other ? 70 : 88 + looks.nextInt(8));
  }

  private void write(int index, String relative, Scene scene) throws IOException {
    if (index >= 50) {
      return; // many classes are for speed, which pictures would only hide
    }
    Path file = directory.resolve(relative);
    Files.createDirectories(file.getParent());
    Files.write(file, scene.jpeg());
  }

  private static Verdict verdict(boolean empty, boolean region, boolean right, boolean looked) {
    if (empty) {
      return Verdict.EMPTY_MAP;
    }
    if (!region) {
      return Verdict.NO_REGION;
    }
    if (right) {
      return looked ? Verdict.RIGHT_FOR_RIGHT_REASONS : Verdict.RIGHT_FOR_WRONG_REASONS;
    }
    return looked ? Verdict.WRONG_BUT_LOOKED_RIGHT : Verdict.WRONG_AND_LOOKED_ELSEWHERE;
  }

  private List<Prediction> top(int predicted, int index) {
    List<Prediction> top = new ArrayList<>();
    double left = 1;
    for (int k = 0; k < Math.min(5, classes); k++) {
      int which = (predicted + k) % classes;
      double probability = left * (k == 0 ? 0.5 + 0.45 * random.nextDouble() : 0.6);
      left -= probability;
      top.add(
          new Prediction(
              which, "n%08d".formatted(which), className(which), 9f - k, (float) probability));
    }
    return top;
  }

  private float[][] map(Scene scene, boolean corner, boolean elsewhere) {
    double x = corner ? 0.12 : elsewhere ? random.nextDouble() : scene.x();
    double y = corner ? 0.93 : elsewhere ? 0.95 : scene.y();
    double width = 0.12 + 0.06 * random.nextDouble();
    double height = 2 + 4 * random.nextDouble();
    float[][] map = new float[CELLS][CELLS];
    for (int row = 0; row < CELLS; row++) {
      for (int column = 0; column < CELLS; column++) {
        double dx = (column + 0.5) / CELLS - x;
        double dy = (row + 0.5) / CELLS - y;
        double bump = Math.exp(-(dx * dx + dy * dy) / (2 * width * width));
        map[row][column] = (float) (height * bump - 0.25 + 0.5 * random.nextDouble());
      }
    }
    return map;
  }

  private static Explanation explanation(
      ClassRef target,
      TargetReason why,
      float[][] map,
      String overlay,
      RegionFit fit,
      boolean empty) {
    float min = Float.MAX_VALUE;
    float max = -Float.MAX_VALUE;
    for (float[] row : map) {
      for (float value : row) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    return new Explanation(
        "gradcam",
        "conv5_block3_out",
        target,
        why,
        9f,
        empty ? ImageStatus.EMPTY_MAP : ImageStatus.OK,
        new RawMap(CELLS, CELLS, min, max, map),
        overlay,
        empty ? null : attention(map),
        fit);
  }

  /** Rough stand-ins for the real measures: the page only shows them. */
  private static Attention attention(float[][] map) {
    double sum = 0;
    double squares = 0;
    double entropy = 0;
    double border = 0;
    double corners = 0;
    double x = 0;
    double y = 0;
    int peak = 0;
    for (int i = 0; i < CELLS * CELLS; i++) {
      sum += Math.max(0, map[i / CELLS][i % CELLS]);
    }
    for (int i = 0; i < CELLS * CELLS; i++) {
      int row = i / CELLS;
      int column = i % CELLS;
      double p = Math.max(0, map[row][column]) / sum;
      boolean edgeRow = row == 0 || row == CELLS - 1;
      boolean edgeColumn = column == 0 || column == CELLS - 1;
      squares += p * p;
      entropy -= p == 0 ? 0 : p * Math.log(p);
      border += edgeRow || edgeColumn ? p : 0;
      corners += edgeRow && edgeColumn ? p : 0;
      x += p * (column + 0.5) / CELLS;
      y += p * (row + 0.5) / CELLS;
      peak = map[row][column] > map[peak / CELLS][peak % CELLS] ? i : peak;
    }
    double cells = CELLS * CELLS;
    return new Attention(
        entropy / Math.log(cells),
        1 - 1 / (cells * squares),
        1 / (cells * squares),
        x,
        y,
        0.2,
        border,
        border / (24 / cells),
        corners,
        corners / (4 / cells),
        (peak % CELLS + 0.5) / CELLS,
        (Math.floorDiv(peak, CELLS) + 0.5) / CELLS);
  }

  private static RegionFit fit(float[][] map, Scene scene, boolean looked) {
    double inside = 0;
    double sum = 0;
    int cells = 0;
    for (int i = 0; i < CELLS * CELLS; i++) {
      double dx = (i % CELLS + 0.5) / CELLS - scene.x();
      double dy = (Math.floorDiv(i, CELLS) + 0.5) / CELLS - scene.y();
      double value = Math.max(0, map[i / CELLS][i % CELLS]);
      sum += value;
      if (Math.hypot(dx, dy) < 0.2) {
        inside += value;
        cells++;
      }
    }
    double area = cells / (double) (CELLS * CELLS);
    double energy = inside / sum;
    return new RegionFit(area, energy, energy / area, looked, 0.9 * energy, 0.8 * energy);
  }
}
