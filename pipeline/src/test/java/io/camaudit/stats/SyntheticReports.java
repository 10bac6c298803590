package io.camaudit.stats;

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
import io.camaudit.report.TargetReason;
import io.camaudit.report.Verdict;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Reports made from a seed, one a call, so that a million of them take no memory. A map is a blob
 * somewhere in a 7 x 7 grid, with noise below zero and above; all its numbers are computed from it.
 *
 * @param habit of the classes below {@code planted}; the others behave
 * @param layers that each image is explained at, the judged one first
 */
record SyntheticReports(
    long seed,
    int classes,
    int imagesPerClass,
    int planted,
    Habit habit,
    boolean labelled,
    int layers) {

  /** What a planted class does. */
  enum Habit {
    /** Looks at its object like all others. */
    NONE,
    /** Looks into one of the four corners, another one in each image, in three images of four. */
    CORNER_STAMP,
    /** Looks at one spot, whatever the image shows. */
    WATERMARK
  }

  private static final int SIDE = 7;

  static SyntheticReports of(long seed, int classes, int imagesPerClass) {
    return new SyntheticReports(seed, classes, imagesPerClass, 0, Habit.NONE, true, 1);
  }

  SyntheticReports with(int newPlanted, Habit newHabit) {
    return new SyntheticReports(
        seed, classes, imagesPerClass, newPlanted, newHabit, labelled, layers);
  }

  SyntheticReports unlabelled() {
    return new SyntheticReports(seed, classes, imagesPerClass, planted, habit, false, layers);
  }

  SyntheticReports at(int newLayers) {
    return new SyntheticReports(seed, classes, imagesPerClass, planted, habit, labelled, newLayers);
  }

  /** A view that makes its elements anew each time; class after class. */
  List<ImageReport> list() {
    return new AbstractList<>() {
      @Override
      public ImageReport get(int index) {
        return report(index);
      }

      @Override
      public int size() {
        return classes * imagesPerClass;
      }
    };
  }

  static ClassRef classRef(int index) {
    return new ClassRef(index, "n%08d".formatted(index), "class " + index);
  }

  ImageReport report(int number) {
    int label = number / imagesPerClass;
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    random.nextLong(); // neighbouring seeds start alike
    String image = "class-%04d/image-%07d.jpg".formatted(label, number);
    ClassRef ref = labelled ? classRef(label) : null;
    double fate = random.nextDouble();
    if (fate < 0.01) {
      return ImageReport.failure(image, ImageStatus.CORRUPT, "Ends early.", null, ref);
    }
    boolean correct = classes == 1 || random.nextDouble() < 0.8;
    int predicted =
        correct ? label : (label + 1 + random.nextInt(Math.max(1, classes - 1))) % classes;
    boolean odd = label < planted && (habit == Habit.WATERMARK || random.nextInt(4) > 0);
    return explained(image, ref, predicted, correct, fate < 0.02, odd ? habit : Habit.NONE, random);
  }

  private ImageReport explained(
      String image,
      ClassRef label,
      int predicted,
      boolean correct,
      boolean empty,
      Habit habitHere,
      SplittableRandom random) {
    ClassRef ref = classRef(predicted);
    Explanation explanation = explanation("conv", ref, image, empty, habitHere, random);
    RegionFit region = explanation.region();
    ImageStatus status = explanation.status();
    float probability = (float) random.nextDouble(0.3, 1);
    List<Explanation> explanations = new ArrayList<>(List.of(explanation));
    for (int layer = 1; layer < layers; layer++) {
      // Earlier layers have empty maps of their own.
      boolean emptyHere = random.nextInt(10) == 0;
      explanations.add(explanation("conv-" + layer, ref, image, emptyHere, Habit.NONE, random));
    }
    return new ImageReport(
        ImageReport.SCHEMA,
        image,
        status,
        null,
        file(image),
        label,
        List.of(new Prediction(predicted, ref.id(), ref.name(), 7f, probability)),
        label == null ? null : (Boolean) correct,
        explanations,
        label == null ? null : verdict(correct, region));
  }

  private static Explanation explanation(
      String layer,
      ClassRef target,
      String image,
      boolean empty,
      Habit habitHere,
      SplittableRandom random) {
    double[] spot = spot(habitHere, random);
    float[][] map = map(spot[0], spot[1], 0.8 + 0.6 * random.nextDouble(), random);
    if (empty) {
      map = new float[SIDE][SIDE];
    }
    return new Explanation(
        "gradcam",
        layer,
        target,
        TargetReason.PREDICTED,
        7f,
        empty ? ImageStatus.EMPTY_MAP : ImageStatus.OK,
        new RawMap(SIDE, SIDE, -1f, 1f, map),
        "overlays/" + image,
        empty ? null : attention(map),
        empty ? null : region(habitHere, random));
  }

  /** Pictures that look alike in all classes; some without contrast, some no JPEGs. */
  private ImageFile file(String image) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + image.hashCode());
    boolean jpeg = random.nextInt(8) > 0;
    boolean flat = random.nextInt(10) == 0;
    return new ImageFile(
        jpeg ? "JPEG" : "PNG",
        500 + random.nextInt(200),
        400 + random.nextInt(100),
        1,
        1000L,
        "00",
        new ImageProperties(
            random.nextDouble(),
            flat ? 0 : random.nextDouble() / 2,
            random.nextDouble() - 0.5,
            random.nextDouble() - 0.5,
            flat ? null : (Double) random.nextDouble(0.01, 1.5),
            jpeg ? (Integer) (60 + random.nextInt(40)) : null));
  }

  private static double[] spot(Habit habit, SplittableRandom random) {
    return switch (habit) {
      case NONE -> new double[] {1.5 + 3 * random.nextDouble(), 1.5 + 3 * random.nextDouble()};
      case CORNER_STAMP -> new double[] {6 * random.nextInt(2), 6 * random.nextInt(2)};
      case WATERMARK -> new double[] {1, 5};
    };
  }

  private static float[][] map(double cx, double cy, double width, SplittableRandom random) {
    float[][] map = new float[SIDE][SIDE];
    double scale = 0.5 + 3 * random.nextDouble();
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double distance = (x - cx) * (x - cx) + (y - cy) * (y - cy);
        double blob = Math.exp(-distance / (2 * width * width));
        map[y][x] = (float) (scale * (blob + 0.1 * (random.nextDouble() - 0.6)));
      }
    }
    return map;
  }

  private static RegionFit region(Habit habit, SplittableRandom random) {
    boolean hit = random.nextDouble() < (habit == Habit.NONE ? 0.93 : 0.1);
    double area = random.nextDouble(0.05, 0.3);
    double energy = hit ? random.nextDouble(0.3, 0.6) : random.nextDouble(0, 0.1);
    double rank = random.nextDouble();
    return new RegionFit(area, energy, energy / area, hit, rank, rank / 2);
  }

  private static Verdict verdict(boolean correct, RegionFit region) {
    if (region == null) {
      return Verdict.EMPTY_MAP;
    }
    if (correct) {
      return region.pointingHit()
          ? Verdict.RIGHT_FOR_RIGHT_REASONS
          : Verdict.RIGHT_FOR_WRONG_REASONS;
    }
    return region.pointingHit()
        ? Verdict.WRONG_BUT_LOOKED_RIGHT
        : Verdict.WRONG_AND_LOOKED_ELSEWHERE;
  }

  private static Attention attention(float[][] map) {
    double total = 0;
    double squares = 0;
    double entropy = 0;
    double border = 0;
    double corner = 0;
    double x1 = 0;
    double y1 = 0;
    double r2 = 0;
    for (float[] row : map) {
      for (float cell : row) {
        total += Math.max(0, cell);
      }
    }
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double p = Math.max(0, map[y][x]) / total;
        double px = (x + 0.5) / SIDE;
        double py = (y + 0.5) / SIDE;
        boolean edgeX = x == 0 || x == SIDE - 1;
        boolean edgeY = y == 0 || y == SIDE - 1;
        squares += p * p;
        entropy -= p > 0 ? p * Math.log(p) : 0;
        border += edgeX || edgeY ? p : 0;
        corner += edgeX && edgeY ? p : 0;
        x1 += p * px;
        y1 += p * py;
        r2 += p * (px * px + py * py);
      }
    }
    int cells = SIDE * SIDE;
    return new Attention(
        entropy / Math.log(cells),
        1 - entropy / Math.log(cells),
        1 / (squares * cells),
        x1,
        y1,
        Math.sqrt(Math.max(0, r2 - x1 * x1 - y1 * y1)),
        border,
        border * cells / 24,
        corner,
        corner * cells / 4,
        x1,
        y1);
  }
}
