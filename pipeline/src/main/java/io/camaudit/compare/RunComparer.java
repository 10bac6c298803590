package io.camaudit.compare;

import io.camaudit.First;
import io.camaudit.UserException;
import io.camaudit.report.ClassOutcome;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ClassView;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.Verdict;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.stats.Grouping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Compares the records of two runs, read once and side by side. An image waits for its partner, so
 * memory grows with the images that only one run has and with how far the two listings are out of
 * step, not with the number of images. Mutable, for one comparison.
 */
public final class RunComparer {
  private static final Comparator<ImageChange> MOST_MOVED =
      Comparator.comparingDouble((ImageChange change) -> change.correlation())
          .thenComparing(Comparator.comparingDouble(ImageChange::peakDistance).reversed())
          .thenComparing(ImageChange::image)
          .thenComparing(RunComparer::labelName);
  private static final Comparator<ImageChange> WORST_FLIP =
      Comparator.comparingInt(RunComparer::flipRank)
          .thenComparingDouble(change -> change.correlation() == null ? 1 : change.correlation())
          .thenComparing(ImageChange::image)
          .thenComparing(RunComparer::labelName);

  private final Map<String, ClassTally> byLabel = new HashMap<>();
  private final Map<String, ClassTally> byPrediction = new HashMap<>();
  private final ClassTally dataset = new ClassTally(null);
  private final Map<Verdict, Map<Verdict, Long>> verdicts = new EnumMap<>(Verdict.class);
  private final First<ImageChange> flipped;
  private final First<ImageChange> moved;
  private final TreeSet<String> warnings = new TreeSet<>();
  private long compared;
  private long failedBefore;
  private long failedAfter;
  private long otherFile;
  private long predictionChanges;

  private final String beforeName;
  private final String afterName;
  private final EnumSet<ModelKind> kinds = EnumSet.noneOf(ModelKind.class);
  private long falseAlarmsBefore;
  private long falseAlarmsAfter;

  private RunComparer(String beforeName, String afterName, int top) {
    this.beforeName = beforeName;
    this.afterName = afterName;
    this.flipped = new First<>(top, WORST_FLIP);
    this.moved = new First<>(top, MOST_MOVED);
  }

  /**
   * Reads both runs to their ends.
   *
   * @param before name of the first run
   * @param after name of the second
   * @param warnings what is already known to make the runs less than comparable
   * @param top at most so many images in each list
   */
  public static RunComparison compare(
      String before,
      Iterator<ImageReport> beforeRecords,
      String after,
      Iterator<ImageReport> afterRecords,
      List<String> warnings,
      int top) {
    RunComparer comparer = new RunComparer(before, after, top);
    comparer.warnings.addAll(warnings);
    Map<String, ImageReport> waitingBefore = new HashMap<>();
    Map<String, ImageReport> waitingAfter = new HashMap<>();
    while (beforeRecords.hasNext() || afterRecords.hasNext()) {
      if (beforeRecords.hasNext()) {
        ImageReport report = beforeRecords.next();
        ImageReport partner = partnerOrWait(report, waitingAfter, waitingBefore);
        if (partner != null) {
          comparer.add(report, partner);
        }
      }
      if (afterRecords.hasNext()) {
        ImageReport report = afterRecords.next();
        ImageReport partner = partnerOrWait(report, waitingBefore, waitingAfter);
        if (partner != null) {
          comparer.add(partner, report);
        }
      }
    }
    return comparer.result(before, after, waitingBefore.size(), waitingAfter.size());
  }

  /**
   * The other run's report of the image; null if it has not come yet, and this one waits for it.
   */
  private static ImageReport partnerOrWait(
      ImageReport report, Map<String, ImageReport> others, Map<String, ImageReport> own) {
    ImageReport partner = others.remove(report.image());
    if (partner == null) {
      own.put(report.image(), report);
    }
    return partner;
  }

  private void add(ImageReport before, ImageReport after) {
    if (sha256(before) != null && !Objects.equals(sha256(before), sha256(after))) {
      otherFile++;
    }
    if (before.status().isFailure() || after.status().isFailure()) {
      failedBefore += before.status().isFailure() ? 1 : 0;
      failedAfter += before.status().isFailure() ? 0 : 1;
      return;
    }
    compared++;
    if ((before.classes() == null) != (after.classes() == null)) {
      throw UserException.wrongArguments(
          "%s is of a %s model and %s of a %s one: their answers cannot be compared; give two runs of one kind.",
          beforeName, kind(before), afterName, kind(after));
    }
    kinds.add(kind(before));
    if (kind(before) != kind(after)) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "The models are of different kinds, %s and %s.",
              kind(before),
              kind(after)));
    }
    if (before.classes() == null) {
      compare(ClassView.of(before).get(0), ClassView.of(after).get(0));
      return;
    }
    if (!labels(before).equals(labels(after))) {
      warnings.add("Some images have other labels in the second run; those of both count.");
    }
    for (ClassView view : ClassView.of(before)) {
      ClassView.of(after).stream()
          .filter(v -> isLabel(view) && isLabel(v) && v.classRef().isSameAs(view.classRef()))
          .findFirst()
          .ifPresent(v -> compare(view, v));
    }
    falseAlarmsBefore += falseAlarms(before);
    falseAlarmsAfter += falseAlarms(after);
  }

  private static boolean isLabel(ClassView view) {
    return view.part() == ClassView.Part.LABELLED;
  }

  private static List<ClassRef> labels(ImageReport report) {
    return report.classes().stream()
        .filter(outcome -> Boolean.TRUE.equals(outcome.labelled()))
        .map(ClassOutcome::classRef)
        .sorted(Comparator.comparing(ClassRef::name))
        .toList();
  }

  private static long falseAlarms(ImageReport report) {
    return ClassView.of(report).stream()
        .filter(view -> view.part() == ClassView.Part.FALSE_ALARM)
        .count();
  }

  private static ModelKind kind(ImageReport report) {
    return report.kind() == null ? ModelKind.SINGLE_LABEL : report.kind();
  }

  /** Compares an image's two answers, of a multi-label model those for one of its labels. */
  private void compare(ClassView viewBefore, ClassView viewAfter) {
    ImageReport before = viewBefore.report();
    ImageReport after = viewAfter.report();
    ImageSide from = ImageSide.of(viewBefore);
    ImageSide to = ImageSide.of(viewAfter);
    dataset.add(before, after);
    if (before.label() != null) {
      tally(byLabel, before.label()).add(before, after);
    }
    if (from.predicted() != null) {
      tally(byPrediction, from.predicted()).add(before, after);
    }
    warnOfMaking(before, after);
    if (from.predicted() != null
        && to.predicted() != null
        && !from.predicted().isSameAs(to.predicted())) {
      predictionChanges++;
    }
    MapMove move = MapMove.between(before, after);
    ImageChange change =
        new ImageChange(
            before.image(),
            viewBefore.classRef(),
            from,
            to,
            move.correlation(),
            move.peakDistance());
    if (before.verdict() != null && after.verdict() != null) {
      if ((before.verdict() == Verdict.NO_REGION) != (after.verdict() == Verdict.NO_REGION)) {
        warnings.add("Some images have a region in one of the runs only.");
      }
      verdicts
          .computeIfAbsent(before.verdict(), verdict -> new EnumMap<>(Verdict.class))
          .merge(after.verdict(), 1L, Long::sum);
      if (before.verdict() != after.verdict()) {
        flipped.offer(change);
      }
    }
    if (move.sameTarget() && move.isMove()) {
      moved.offer(change);
    }
  }

  /** Says, once a kind, what makes two maps of the same image different things. */
  private void warnOfMaking(ImageReport before, ImageReport after) {
    if (!isSameLabel(before.label(), after.label())) {
      warnings.add("Some images have another label in the second run; the first run's counts.");
    }
    Explanation a = before.first();
    Explanation b = after.first();
    if (a == null || b == null) {
      return;
    }
    if (!a.method().equals(b.method())) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "The maps were made by different methods, %s and %s.",
              a.method(),
              b.method()));
    }
    if (!a.layer().equals(b.layer())) {
      warnings.add(
          String.format(
              Locale.ROOT, "The maps are of different layers, %s and %s.", a.layer(), b.layer()));
    }
    if (a.map().height() != b.map().height() || a.map().width() != b.map().width()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "The maps have different grids, %d x %d and %d x %d, so they have no correlation.",
              a.map().height(),
              a.map().width(),
              b.map().height(),
              b.map().width()));
    }
  }

  private RunComparison result(String before, String after, long onlyBefore, long onlyAfter) {
    boolean labelled = !byLabel.isEmpty();
    List<ClassTally> tallies = new ArrayList<>((labelled ? byLabel : byPrediction).values());
    tallies.sort(
        Comparator.comparing(
                (ClassTally tally) -> tally.classRef().index(),
                Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(tally -> tally.classRef().name()));
    List<ClassChange> classes = tallies.stream().map(ClassTally::result).toList();
    if (otherFile > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%,d images have the same name in both runs, but not the same bytes.",
              otherFile));
    }
    return new RunComparison(
        RunComparison.SCHEMA,
        before,
        after,
        new RunComparison.Images(
            compared, onlyBefore, onlyAfter, failedBefore, failedAfter, otherFile),
        List.copyOf(warnings),
        kinds.stream().findFirst().orElse(ModelKind.SINGLE_LABEL),
        labelled ? Grouping.LABEL : Grouping.PREDICTION,
        dataset.result(),
        classes,
        Findings.of(classes),
        verdicts,
        new RunComparison.Capped(flipped.offered(), flipped.list()),
        new RunComparison.Capped(moved.offered(), moved.list()),
        predictionChanges,
        kinds.contains(ModelKind.MULTI_LABEL)
            ? new RunComparison.FalseAlarms(falseAlarmsBefore, falseAlarmsAfter)
            : null,
        null,
        null);
  }

  private static ClassTally tally(Map<String, ClassTally> tallies, ClassRef classRef) {
    return tallies.computeIfAbsent(
        classRef.id() != null ? classRef.id() : classRef.name(), key -> new ClassTally(classRef));
  }

  private static int flipRank(ImageChange change) {
    Boolean lookedBefore = lookedRight(change.before());
    Boolean lookedAfter = lookedRight(change.after());
    boolean empty = change.after().verdict() == Verdict.EMPTY_MAP;
    if (Boolean.TRUE.equals(lookedBefore) && (empty || Boolean.FALSE.equals(lookedAfter))) {
      return 0;
    }
    // A verdict without a region says nothing about the prediction, so it is no change for the
    // worse.
    if (isRight(change.before()) && isWrong(change.after())) {
      return 1;
    }
    boolean better =
        (isWrong(change.before()) && isRight(change.after()))
            || (Boolean.FALSE.equals(lookedBefore) && Boolean.TRUE.equals(lookedAfter));
    return better ? 3 : 2;
  }

  private static String labelName(ImageChange change) {
    return change.label() == null ? "" : change.label().name();
  }

  private static Boolean lookedRight(ImageSide side) {
    return side.verdict() == null ? null : side.verdict().lookedRight();
  }

  private static boolean isRight(ImageSide side) {
    return side.verdict() == Verdict.RIGHT_FOR_RIGHT_REASONS
        || side.verdict() == Verdict.RIGHT_FOR_WRONG_REASONS;
  }

  private static boolean isWrong(ImageSide side) {
    return side.verdict() == Verdict.WRONG_BUT_LOOKED_RIGHT
        || side.verdict() == Verdict.WRONG_AND_LOOKED_ELSEWHERE;
  }

  private static boolean isSameLabel(ClassRef before, ClassRef after) {
    return before == null || after == null ? before == after : before.isSameAs(after);
  }

  private static String sha256(ImageReport report) {
    return report.file() == null ? null : report.file().sha256();
  }
}
