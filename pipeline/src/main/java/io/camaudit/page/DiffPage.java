package io.camaudit.page;

import io.camaudit.compare.ClassChange;
import io.camaudit.compare.ImageChange;
import io.camaudit.compare.ImageSide;
import io.camaudit.compare.RunComparison;
import io.camaudit.report.ClassRef;
import io.camaudit.report.Verdict;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.stats.RateChange;
import io.camaudit.storage.LocalCopies;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.TemporaryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the page of a comparison: one document that says everything without scripts, and a table of
 * classes that a script makes sortable.
 */
public final class DiffPage {
  public static final String INDEX = "index.html";

  /** Everything that a comparison leaves in its folder. */
  public static final List<String> FILES = List.of("diff.json", INDEX, "assets", "data", "images");

  private final RunFolder before;
  private final RunFolder after;
  private final Path folder;

  private DiffPage(RunFolder before, RunFolder after, Path folder) {
    this.before = before;
    this.after = after;
    this.folder = folder;
  }

  /** One of two overlays; {@code path} is null if the run wrote none. */
  record Side(String path, String caption, String tone) {}

  /** An image in both runs, as it stands on the page. */
  record Pair(String name, String facts, Side before, Side after) {}

  /** A rate before and after. */
  record Figure(String name, String value, String detail) {}

  /** A cell of the verdicts' table; {@code tone} is null on the diagonal and where nothing is. */
  record Cell(String count, String tone) {}

  /** A row of it. */
  record FlipRow(String name, List<Cell> cells) {}

  /** A class for the table that a script makes. Intervals are value, low, high. */
  record Row(
      String name,
      long images,
      Double accuracyBefore,
      Double accuracyAfter,
      double[] accuracy,
      Double rightBefore,
      Double rightAfter,
      double[] right,
      Double lift,
      Double borderLift) {}

  /** What the template shows. */
  record View(
      String subtitle,
      List<String> warnings,
      List<Figure> figures,
      List<String> findings,
      List<DiffProofs.Row> proofs,
      List<DiffStrategies.Row> strategies,
      List<String> verdictNames,
      List<FlipRow> flips,
      String flippedNote,
      List<Pair> flipped,
      String movedNote,
      List<Pair> moved) {}

  /**
   * Writes the page into a folder that exists.
   *
   * @param before folder of the first run, for its overlays
   * @param after folder of the second
   */
  public static void write(
      RunComparison comparison, RunFolder before, RunFolder after, RunFolder folder)
      throws IOException {
    if (folder.local().isPresent()) {
      new DiffPage(before, after, folder.local().get()).write(comparison);
      return;
    }
    Path made = TemporaryFiles.folder("diff");
    try {
      new DiffPage(before, after, made).write(comparison);
      folder.copyTree(made, "");
    } finally {
      LocalCopies.deleteTree(made);
    }
  }

  private void write(RunComparison comparison) throws IOException {
    PageAssets.layOut(PageAssets.DIFF, folder);
    DataScript.write(
        folder.resolve("data/diff.js"),
        "camaudit.diff",
        comparison.classes().stream().map(DiffPage::row).toList());
    boolean here = before.local().isPresent() && after.local().isPresent();
    PageOptions options = here ? PageOptions.defaults() : PageOptions.defaults().waiting();
    View view = SideBySide.inPool(options.threads(), () -> view(comparison));
    Files.writeString(folder.resolve(INDEX), IndexPage.render("diff", view));
  }

  private View view(RunComparison comparison) throws IOException {
    RunComparison.Images images = comparison.images();
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure(
            "Images compared",
            Words.count(images.compared()),
            String.format(
                Locale.ROOT,
                "%s only before, %s only after, %s failed in one run",
                Words.count(images.onlyBefore()),
                Words.count(images.onlyAfter()),
                Words.count(images.failedBefore() + images.failedAfter()))));
    addFigure(
        figures,
        comparison.kind() == ModelKind.MULTI_LABEL ? "Recall" : "Accuracy",
        comparison.dataset().accuracy());
    if (comparison.falseAlarms() != null) {
      figures.add(
          new Figure(
              "False alarms",
              Words.count(comparison.falseAlarms().after()),
              Words.count(comparison.falseAlarms().before()) + " before"));
    }
    addFigure(figures, "Right-reason rate", comparison.dataset().rightReasonRate());
    figures.add(
        new Figure(
            "Verdicts flipped",
            Words.count(comparison.flipped().count()),
            Words.count(comparison.predictionChanges(), "prediction", "predictions") + " changed"));
    List<Verdict> shown =
        List.of(Verdict.values()).stream().filter(verdict -> occurs(comparison, verdict)).toList();
    return new View(
        String.format(
            Locale.ROOT,
            "%s → %s%s",
            comparison.before(),
            comparison.after(),
            comparison.kind() == ModelKind.SINGLE_LABEL ? "" : " (" + comparison.kind() + ")"),
        comparison.warnings(),
        figures,
        comparison.findings().stream().map(finding -> finding.sentence()).toList(),
        DiffProofs.rows(comparison.proofs()),
        DiffStrategies.rows(comparison.strategies()),
        shown.stream().map(Words::name).toList(),
        flips(comparison, shown),
        note(comparison.flipped()),
        pairs("flipped", comparison.flipped().first()),
        note(comparison.moved()),
        pairs("moved", comparison.moved().first()));
  }

  private static boolean occurs(RunComparison comparison, Verdict verdict) {
    return comparison.verdicts().containsKey(verdict)
        || comparison.verdicts().values().stream().anyMatch(row -> row.containsKey(verdict));
  }

  private static List<FlipRow> flips(RunComparison comparison, List<Verdict> shown) {
    List<FlipRow> rows = new ArrayList<>();
    for (Verdict from : shown) {
      Map<Verdict, Long> row =
          comparison.verdicts().getOrDefault(from, new EnumMap<>(Verdict.class));
      rows.add(
          new FlipRow(
              Words.name(from),
              shown.stream()
                  .map(
                      to -> {
                        long count = row.getOrDefault(to, 0L);
                        return new Cell(
                            count == 0 ? "–" : Words.count(count),
                            count == 0 || from == to ? null : Words.tone(to));
                      })
                  .toList()));
    }
    return rows;
  }

  private static void addFigure(List<Figure> figures, String name, RateChange change) {
    if (change == null) {
      figures.add(new Figure(name, "–", "unknown in one of the runs"));
      return;
    }
    figures.add(
        new Figure(
            name,
            String.format(
                Locale.ROOT,
                "%s → %s",
                Words.percent(change.before().value()),
                Words.percent(change.after().value())),
            String.format(
                Locale.ROOT,
                "%+.1f points, 95\u202f%% interval %+.1f to %+.1f; %,d lost, %,d gained",
                100 * change.difference(),
                100 * change.low(),
                100 * change.high(),
                change.lost(),
                change.gained())));
  }

  private List<Pair> pairs(String kind, List<ImageChange> changes) throws IOException {
    return SideBySide.make(
        changes.size(),
        number ->
            pair(String.format(Locale.ROOT, "images/%s-%03d", kind, number), changes.get(number)));
  }

  private Pair pair(String name, ImageChange change) throws IOException {
    return new Pair(
        change.label() == null ? change.image() : change.image() + " · " + change.label().name(),
        facts(change),
        side(before, change.before(), name + "-before"),
        side(after, change.after(), name + "-after"));
  }

  private Side side(RunFolder run, ImageSide side, String name) throws IOException {
    return new Side(copy(run, side.overlay(), name), caption(side), Words.tone(side.verdict()));
  }

  /** The overlay's copy, so that the page can be sent without its runs; null if it is gone. */
  private String copy(RunFolder run, String overlay, String name) throws IOException {
    if (overlay == null) {
      return null;
    }
    Path below = Path.of(overlay);
    if (below.isAbsolute() || below.normalize().startsWith("..")) {
      return null;
    }
    byte[] picture;
    try {
      picture = run.read(overlay);
    } catch (IOException e) {
      return null;
    }
    String to = name + (overlay.endsWith(".png") ? ".png" : ".jpg");
    Files.write(folder.resolve(to), picture);
    return to;
  }

  private static String caption(ImageSide side) {
    String predicted =
        side.predicted() == null
            ? side.confidence() == null
                ? "no prediction"
                : "not predicted, " + Words.percent(side.confidence())
            : String.format(
                Locale.ROOT, "%s %s", side.predicted().name(), Words.percent(side.confidence()));
    return side.verdict() == null ? predicted : predicted + " · " + Words.name(side.verdict());
  }

  private static String facts(ImageChange change) {
    if (change.peakDistance() == null) {
      return "one of the maps is empty";
    }
    String classes =
        sameTarget(change)
            ? ""
            : String.format(
                Locale.ROOT,
                ", of different classes (%s, %s)",
                name(change.before().target()),
                name(change.after().target()));
    return String.format(
        Locale.ROOT,
        "%speak moved by %s of the sides%s",
        change.correlation() == null
            ? ""
            : String.format(Locale.ROOT, "correlation %s, ", Words.number(change.correlation())),
        Words.number(change.peakDistance()),
        classes);
  }

  private static boolean sameTarget(ImageChange change) {
    return name(change.before().target()).equals(name(change.after().target()));
  }

  private static String name(ClassRef classRef) {
    return classRef == null ? "none" : classRef.name();
  }

  private static String note(RunComparison.Capped list) {
    return list.count() > list.first().size()
        ? String.format(
            Locale.ROOT,
            "the first %s of %s",
            Words.count(list.first().size()),
            Words.count(list.count()))
        : Words.count(list.count(), "image", "images");
  }

  private static Row row(ClassChange row) {
    RateChange accuracy = row.accuracy();
    RateChange right = row.rightReasonRate();
    return new Row(
        row.classRef().name(),
        row.images(),
        accuracy == null ? null : (Double) accuracy.before().value(),
        accuracy == null ? null : (Double) accuracy.after().value(),
        triple(accuracy),
        right == null ? null : (Double) right.before().value(),
        right == null ? null : (Double) right.after().value(),
        triple(right),
        difference(row, "lift"),
        difference(row, "borderLift"));
  }

  private static Double difference(ClassChange row, String number) {
    return row.numbers().containsKey(number)
        ? (Double) Words.round(row.numbers().get(number).difference().mean())
        : null;
  }

  private static double[] triple(RateChange change) {
    return change == null
        ? null
        : new double[] {
          Words.round(change.difference()), Words.round(change.low()), Words.round(change.high())
        };
  }
}
