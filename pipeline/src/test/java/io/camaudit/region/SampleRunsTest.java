package io.camaudit.region;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.camaudit.measure.AttentionMeasure;
import io.camaudit.measure.RegionMask;
import io.camaudit.measure.RegionMeasure;
import io.camaudit.measure.VerdictRule;
import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Prediction;
import io.camaudit.report.RawMap;
import io.camaudit.report.ReportJson;
import io.camaudit.report.TargetReason;
import io.camaudit.report.Verdict;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.Geometry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Writes records of made-up maps and regions to {@code target/sample-runs}, which {@code
 * src/test/python/test_numbers.py} then recomputes with numpy: all geometries, orientations and
 * shapes, inputs and grids that are not square, ties, regions that leave the picture.
 */
class SampleRunsTest {
  private static final int IMAGES = 60;
  private static final List<ClassLabel> LABELS =
      List.of(
          new ClassLabel(0, "n00", List.of("red ball", "ball")),
          new ClassLabel(1, "n01", List.of("blue_box")),
          new ClassLabel(2, "n02", List.of("kite")));
  private static final List<Map<String, Object>> CATEGORIES =
      List.of(
          Map.of("id", 11, "name", "Ball"),
          Map.of("id", 12, "name", "blue box"),
          Map.of("id", 13, "name", "n02"),
          Map.of("id", 14, "name", "stamp"));

  private final List<Map<String, Object>> images = new ArrayList<>();
  private final List<Map<String, Object>> annotations = new ArrayList<>();
  private final List<PhotoFrame> photos = new ArrayList<>();
  private Random random;

  @ParameterizedTest
  @EnumSource(Geometry.Kind.class)
  void writesRecords(Geometry.Kind kind) throws IOException {
    random = new Random(kind.ordinal());
    int width = kind == Geometry.Kind.CROP ? 96 : kind == Geometry.Kind.LETTERBOX ? 224 : 160;
    int height = kind == Geometry.Kind.CROP ? 72 : kind == Geometry.Kind.LETTERBOX ? 150 : 224;
    Geometry geometry =
        new Geometry(
            kind,
            kind == Geometry.Kind.CROP ? new Geometry.Resize(110, 100) : null,
            kind == Geometry.Kind.LETTERBOX ? List.of(0.0, 0.0, 0.0) : null);
    for (int i = 0; i < IMAGES; i++) {
      addImage(i);
    }
    Path folder = Path.of("target/sample-runs", kind.name().toLowerCase(java.util.Locale.ROOT));
    writeModelCard(folder, width, height, geometry);
    Path regions = folder.resolve("regions.json");
    JsonMapper json = JsonMapper.builder().build();
    json.writeValue(
        regions.toFile(),
        Map.of("images", images, "annotations", annotations, "categories", CATEGORIES));

    RegionSet set =
        new RegionSource(regions.toString(), RegionSource.Counting.LABEL, null).load(LABELS);
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
    for (int i = 0; i < IMAGES; i++) {
      ImageReport report = report(i, set, geometry, width, height);
      if (report.verdict() != null) {
        verdicts.add(report.verdict());
      }
      lines.writeBytes(ReportJson.line(report));
      lines.write('\n');
    }
    Files.createDirectories(folder.resolve("records"));
    Files.write(folder.resolve("records/records-00000-of-00001.jsonl"), lines.toByteArray());
    assertThat(verdicts).as("the sample is worth comparing").hasSize(Verdict.values().length);
  }

  private ImageReport report(
      int i, RegionSet set, Geometry geometry, int inputWidth, int inputHeight) {
    PhotoFrame photo = photos.get(i);
    String name = (String) images.get(i).get("file_name");
    ClassLabel label = i % 10 == 0 ? null : LABELS.get(i % 3);
    Boolean correct = label == null ? null : Boolean.valueOf(random.nextBoolean());
    float[][] values = map(i);
    boolean empty = max(values) <= 0;
    Optional<RegionMask> mask =
        set.region(name, label == null ? null : label.index(), photo)
            .flatMap(
                region ->
                    region.rasterise(
                        geometry.place(photo.width(), photo.height(), inputWidth, inputHeight)));
    ImageStatus status = empty ? ImageStatus.EMPTY_MAP : ImageStatus.OK;
    int predicted =
        label == null ? 0 : Boolean.TRUE.equals(correct) ? label.index() : (label.index() + 1) % 3;
    Explanation explanation =
        new Explanation(
            "gradcam",
            "last",
            ClassRef.of(LABELS.get(predicted)),
            TargetReason.PREDICTED,
            1f,
            status,
            new RawMap(values.length, values[0].length, 0f, max(values), values),
            null,
            empty ? null : AttentionMeasure.of(values),
            empty ? null : mask.map(m -> RegionMeasure.DEFAULT.of(values, m)).orElse(null));
    ClassLabel top = LABELS.get(predicted);
    return new ImageReport(
        ImageReport.SCHEMA,
        name,
        status,
        null,
        new ImageFile(
            "JPEG", photo.width(), photo.height(), photo.orientation(), 1L, "0".repeat(64), null),
        label == null ? null : ClassRef.of(label),
        List.of(new Prediction(top.index(), top.id(), top.name(), 1, 1)),
        correct,
        List.of(explanation),
        VerdictRule.DEFAULT.of(correct, mask.isPresent(), status, explanation.region()));
  }

  private static float max(float[][] values) {
    float max = Float.NEGATIVE_INFINITY;
    for (float[] row : values) {
      for (float value : row) {
        max = Math.max(max, value);
      }
    }
    return max;
  }

  /** Noise, blobs, ties, plateaus, one cell, nothing. */
  private float[][] map(int i) {
    int[][] grids = {{7, 7}, {14, 14}, {5, 9}, {7, 7}, {3, 2}, {28, 28}, {1, 1}};
    int[] grid = grids[i % grids.length];
    float[][] values = new float[grid[0]][grid[1]];
    double x = random.nextDouble() * grid[1];
    double y = random.nextDouble() * grid[0];
    for (int row = 0; row < grid[0]; row++) {
      for (int column = 0; column < grid[1]; column++) {
        double distance = Math.hypot(row + 0.5 - y, column + 0.5 - x) / grid[0];
        values[row][column] =
            switch (i % 5) {
              case 0 -> (float) random.nextGaussian();
              case 1 -> (float) (Math.exp(-20 * distance * distance) - 0.1 * random.nextDouble());
              case 2 -> random.nextInt(5) - 2;
              case 3 -> distance < 0.3 ? 2 : -1;
              default -> (float) (random.nextDouble() * 1e-6);
            };
      }
    }
    if (i % 11 == 7) {
      for (float[] row : values) {
        java.util.Arrays.fill(row, -1);
      }
    }
    return values;
  }

  private void addImage(int i) {
    int width = 100 + random.nextInt(400);
    int height = 100 + random.nextInt(400);
    int orientation = 1 + i % 8;
    PhotoFrame photo = new PhotoFrame(width, height, orientation);
    photos.add(photo);
    boolean asStored = photo.swapsAxes() && random.nextBoolean();
    int statedWidth = asStored ? height : width;
    int statedHeight = asStored ? width : height;
    Map<String, Object> image = new LinkedHashMap<>();
    image.put("id", i);
    image.put("file_name", "photos/%03d.jpg".formatted(i));
    image.put("width", statedWidth);
    image.put("height", statedHeight);
    images.add(image);
    int shapes = i % 7 == 0 ? 0 : 1 + random.nextInt(4);
    for (int s = 0; s < shapes; s++) {
      Map<String, Object> annotation = new LinkedHashMap<>();
      annotation.put("id", annotations.size());
      annotation.put("image_id", i);
      annotation.put("category_id", s == 0 ? 11 + i % 3 : 11 + random.nextInt(4));
      addShape(annotation, statedWidth, statedHeight);
      annotations.add(annotation);
    }
  }

  private void addShape(Map<String, Object> annotation, int width, int height) {
    double x = random.nextInt(width);
    double y = random.nextInt(height);
    switch (random.nextInt(4)) {
      case 0 ->
          annotation.put(
              "bbox",
              List.of(
                  x - 20,
                  y - 20.5,
                  1 + random.nextInt(width) + 0.25,
                  1 + random.nextInt(height) + 0.1));
      case 1 -> annotation.put("segmentation", List.of(star(x, y), star(x + 40, y)));
      case 2 -> annotation.put("segmentation", List.of(star(x, y)));
      default -> {
        List<Integer> counts = ellipse(x, y, width, height);
        annotation.put(
            "segmentation",
            Map.of(
                "size",
                List.of(height, width),
                "counts",
                random.nextBoolean() ? counts : compressed(counts)));
      }
    }
  }

  /** A ring around a point, not convex, in either direction. */
  private List<Double> star(double x, double y) {
    List<Double> ring = new ArrayList<>();
    int corners = 5 + random.nextInt(20);
    double direction = random.nextBoolean() ? 1 : -1;
    for (int c = 0; c < corners; c++) {
      double radius = 10 + random.nextInt(90);
      double angle = direction * 2 * Math.PI * c / corners;
      ring.add(Math.round(10 * (x + radius * Math.cos(angle))) / 10.0);
      ring.add(Math.round(10 * (y + radius * Math.sin(angle))) / 10.0);
    }
    return ring;
  }

  private List<Integer> ellipse(double x, double y, int width, int height) {
    double radiusX = 8 + random.nextInt(60);
    double radiusY = 8 + random.nextInt(60);
    List<Integer> counts = new ArrayList<>();
    boolean inside = false;
    int length = 0;
    for (int column = 0; column < width; column++) {
      for (int row = 0; row < height; row++) {
        boolean now = Math.hypot((column - x) / radiusX, (row - y) / radiusY) < 1;
        if (now != inside) {
          counts.add(length);
          length = 0;
          inside = now;
        }
        length++;
      }
    }
    counts.add(length);
    return counts;
  }

  private static String compressed(List<Integer> counts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < counts.size(); i++) {
      int value = i > 2 ? counts.get(i) - counts.get(i - 2) : counts.get(i);
      boolean more = true;
      while (more) {
        int bits = value & 31;
        value >>= 5;
        more = (bits & 16) != 0 ? value != -1 : value != 0;
        text.append((char) ('0' + (more ? bits | 32 : bits)));
      }
    }
    return text.toString();
  }

  /** Of the card only what the recomputation reads. */
  private static void writeModelCard(Path folder, int width, int height, Geometry geometry)
      throws IOException {
    Path card = folder.resolve("model/assets.extra/model-card.json");
    Files.createDirectories(card.getParent());
    ReportJson.mapper()
        .writeValue(
            card.toFile(),
            Map.of(
                "input",
                Map.of("height", height, "width", width, "geometry", geometry),
                "labels",
                LABELS));
  }
}
