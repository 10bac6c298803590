package io.camaudit.cli;

import io.camaudit.compare.ClassChange;
import io.camaudit.compare.Finding;
import io.camaudit.compare.ImageChange;
import io.camaudit.compare.ProofChange;
import io.camaudit.compare.RunComparison;
import io.camaudit.compare.StrategyChange;
import io.camaudit.proof.Variant;
import io.camaudit.report.ClassRef;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.stats.RateChange;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A comparison for the person at the terminal: the sums, and what to look at first. */
final class DiffReport {
  private static final int SHOWN = 5;

  private DiffReport() {}

  static void print(RunComparison comparison, PrintWriter out) {
    RunComparison.Images images = comparison.images();
    out.printf(
        Locale.ROOT,
        "%,d images compared; %,d only in %s, %,d only in %s, %,d failed in one of them%n",
        images.compared(),
        images.onlyBefore(),
        comparison.before(),
        images.onlyAfter(),
        comparison.after(),
        images.failedBefore() + images.failedAfter());
    comparison.warnings().forEach(warning -> out.println("Beware: " + warning));
    if (comparison.kind() != ModelKind.SINGLE_LABEL) {
      out.println("The models are " + comparison.kind() + ".");
    }
    boolean multiLabel = comparison.kind() == ModelKind.MULTI_LABEL;
    print(out, multiLabel ? "Recall" : "Accuracy", comparison.dataset().accuracy());
    if (comparison.falseAlarms() != null) {
      out.printf(
          Locale.ROOT,
          "False alarms: %,d -> %,d%n",
          comparison.falseAlarms().before(),
          comparison.falseAlarms().after());
    }
    print(out, "Right-reason rate", comparison.dataset().rightReasonRate());
    for (Finding finding : comparison.findings()) {
      out.println((finding.worse() ? "Worse: " : "Better: ") + finding.sentence());
    }
    classes(comparison.classes(), multiLabel ? "recall" : "accuracy", out);
    proofs(comparison.proofs(), out);
    strategies(comparison.strategies(), out);
    out.printf(Locale.ROOT, "%,d predictions changed%n", comparison.predictionChanges());
    out.printf(
        Locale.ROOT,
        "%,d verdicts flipped%s%n",
        comparison.flipped().count(),
        first(comparison.flipped()));
    for (ImageChange change : shown(comparison.flipped())) {
      out.printf(
          Locale.ROOT,
          "  %s: %s -> %s (%s -> %s)%n",
          name(change),
          change.before().verdict(),
          change.after().verdict(),
          name(change.before().predicted()),
          name(change.after().predicted()));
    }
    out.printf(
        Locale.ROOT,
        "%,d maps of the same class moved%s%n",
        comparison.moved().count(),
        first(comparison.moved()));
    for (ImageChange change : shown(comparison.moved())) {
      out.printf(
          Locale.ROOT,
          "  %s: correlation %.2f, peak moved by %.2f of the sides%n",
          name(change),
          change.correlation(),
          change.peakDistance());
    }
  }

  private static void print(PrintWriter out, String name, RateChange change) {
    if (change != null) {
      out.printf(
          Locale.ROOT,
          "%s: %.1f %% -> %.1f %% of %,d, %+.1f points (95 %% interval %+.1f to %+.1f)%n",
          name,
          100 * change.before().value(),
          100 * change.after().value(),
          change.before().of(),
          100 * change.difference(),
          100 * change.low(),
          100 * change.high());
    }
  }

  /** The classes whose rates fell most; all are in diff.json. */
  private static void classes(List<ClassChange> classes, String accuracy, PrintWriter out) {
    List<ClassChange> fallen =
        classes.stream()
            .filter(row -> worst(row) < 0)
            .sorted(Comparator.comparingDouble(DiffReport::worst))
            .limit(SHOWN)
            .toList();
    for (ClassChange row : fallen) {
      print(out, "  " + row.classRef().name() + ", " + accuracy, row.accuracy());
      print(out, "  " + row.classRef().name() + ", right-reason rate", row.rightReasonRate());
    }
  }

  /** The classes whose level of evidence is another; all are in diff.json. */
  private static void proofs(List<ProofChange> proofs, PrintWriter out) {
    if (proofs == null) {
      return;
    }
    List<ProofChange> changed =
        proofs.stream().filter(proof -> proof.levelBefore() != proof.levelAfter()).toList();
    out.printf(
        Locale.ROOT,
        "%,d of %,d classes have another level of evidence%n",
        changed.size(),
        proofs.size());
    for (ProofChange proof : changed.subList(0, Math.min(SHOWN, changed.size()))) {
      out.printf(
          Locale.ROOT,
          "  %s: %s -> %s%n",
          proof.classRef().name(),
          lower(proof.levelBefore()),
          lower(proof.levelAfter()));
      print(out, "    kept without the object", proof.kept().get(Variant.OBJECT_OUT));
      print(out, "    kept with the object alone", proof.kept().get(Variant.ONLY_OBJECT));
    }
  }

  /** The ways in which classes are recognised that are not as they were; all are in diff.json. */
  private static void strategies(List<StrategyChange> strategies, PrintWriter out) {
    if (strategies == null) {
      return;
    }
    List<StrategyChange> changed =
        strategies.stream().filter(each -> each.kind() != StrategyChange.Kind.STAYED).toList();
    out.printf(
        Locale.ROOT, "%,d ways of being seen grew, shrank, appeared or vanished%n", changed.size());
    for (StrategyChange each : changed.subList(0, Math.min(SHOWN, changed.size()))) {
      String way =
          each.after() == null ? "way " + each.before() + " before" : "way " + each.after();
      String name = each.classRef().name() + ", " + way + ", " + lower(each.kind());
      print(out, "  " + name, each.share());
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static double worst(ClassChange row) {
    double accuracy = row.accuracy() == null ? 0 : row.accuracy().difference();
    double reasons = row.rightReasonRate() == null ? 0 : row.rightReasonRate().difference();
    return Math.min(accuracy, reasons);
  }

  private static List<ImageChange> shown(RunComparison.Capped list) {
    return list.first().subList(0, Math.min(SHOWN, list.first().size()));
  }

  private static String first(RunComparison.Capped list) {
    return list.count() > SHOWN ? "; first of all:" : list.count() == 0 ? "" : ":";
  }

  private static String name(ImageChange change) {
    return change.label() == null ? change.image() : change.image() + ", " + change.label().name();
  }

  private static String name(ClassRef classRef) {
    return classRef == null ? "nothing" : classRef.name();
  }
}
