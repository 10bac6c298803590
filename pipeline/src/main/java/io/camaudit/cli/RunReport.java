package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.Sha256;
import io.camaudit.job.AuditPlan;
import io.camaudit.job.RunMetrics;
import io.camaudit.job.RunOutcome;
import io.camaudit.report.Faithfulness;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.PrecisionAgreement;
import io.camaudit.report.ReportJson;
import io.camaudit.report.RunSummary;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Flag;
import io.camaudit.stats.PropertyFlag;
import io.camaudit.stats.Rate;
import io.camaudit.storage.Locations;
import io.camaudit.storage.Retries;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.Secrets;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.tensorflow.TensorFlow;

/** Sums a finished run up, for {@code run.json} and for the person at the terminal. */
final class RunReport {
  /** Findings shown at the terminal; all are on the page. */
  private static final int SUSPECTS = 3;

  private RunReport() {}

  static RunSummary summary(
      AuditPlan plan,
      RunOutcome outcome,
      ModelCard card,
      String modelSha256,
      Map<String, Object> options,
      SinceOptions.Found since,
      List<String> inputNotes,
      List<String> labelNotes,
      List<String> regionProblems,
      PrecisionAgreement agreement,
      Faithfulness faithfulness,
      Instant start,
      int workers,
      PipelineOptions pipelineOptions,
      List<String> beamOptions) {
    long matched = outcome.count(RunMetrics.MATCHED);
    long computed = outcome.count(RunMetrics.COMPUTED_NOW);
    long resumed = plan.run().imagesDone();
    double seconds = outcome.duration().toMillis() / 1000.0;
    long total = outcome.count(RunMetrics.BATCH_TOTAL_MICROS);
    Double modelShare = total == 0 ? null : (double) outcome.count(RunMetrics.MODEL_MICROS) / total;
    Map<ImageStatus, Long> counts = new EnumMap<>(ImageStatus.class);
    for (ImageStatus status : ImageStatus.values()) {
      counts.put(status, outcome.count(RunMetrics.status(status)));
    }
    String root = plan.input().root();
    return new RunSummary(
        RunSummary.SCHEMA,
        new RunSummary.Tool("camaudit", Version.camaudit()),
        new RunSummary.Model(
            card.model().name(),
            card.model().source(),
            card.model().weights(),
            card.model().weightsSha256(),
            Locations.absolute(plan.explain().model()),
            modelSha256,
            card.decision().kind(),
            card.input().height(),
            card.input().width(),
            card.input().channels(),
            card.input().geometry(),
            plan.explain().cellCenters(card)),
        new RunSummary.Input(
            Locations.absolute(plan.input().location()),
            Locations.absolute(root),
            matched,
            outcome.count(RunMetrics.SKIPPED),
            outcome.count(RunMetrics.REPEATED),
            inputNotes),
        options,
        Sha256.hex(ReportJson.document(options)),
        counts,
        new RunSummary.Labels(
            outcome.count(RunMetrics.LABELLED),
            outcome.count(RunMetrics.LABEL_UNKNOWN),
            outcome.count(RunMetrics.CORRECT),
            labelNotes),
        regionProblems,
        agreement,
        faithfulness,
        since == null ? null : since(plan, outcome, since),
        new RunSummary.Timing(
            start.truncatedTo(ChronoUnit.SECONDS).toString(),
            seconds,
            seconds == 0 ? 0 : rounded(computed / seconds),
            modelShare == null ? null : (Double) rounded(modelShare),
            resumed == 0 ? null : resumed,
            outcome.count(RunMetrics.STORAGE_RETRIES) + Retries.take()),
        new RunSummary.Environment(
            pipelineOptions.getRunner().getSimpleName(),
            workers,
            Runtime.version().toString(),
            TensorFlow.version(),
            Secrets.redactOptions(beamOptions)));
  }

  private static RunSummary.Since since(
      AuditPlan plan, RunOutcome outcome, SinceOptions.Found since) {
    long takenOver = outcome.count(RunMetrics.TAKEN_OVER);
    return new RunSummary.Since(
        since.run().folder().root(),
        takenOver,
        outcome.count(RunMetrics.MATCHED) - takenOver,
        plan.run().since() == null ? null : (Long) plan.run().since().images().gone(),
        since.differences().isEmpty() ? null : since.differences());
  }

  /** What was odd about the regions and showed only with their images, one sentence a kind. */
  static List<String> regionProblems(RunOutcome outcome) {
    List<String> problems = new ArrayList<>();
    long misfits = outcome.count(RunMetrics.REGION_MISFITS);
    if (misfits > 0) {
      problems.add(
          String.format(
              Locale.ROOT,
              "Images of other proportions than their annotation states, whose numbers are to be doubted: %d.",
              misfits));
    }
    long unreadable = outcome.count(RunMetrics.REGIONS_UNREADABLE);
    if (unreadable > 0) {
      problems.add(
          String.format(
              Locale.ROOT,
              "Masks that cannot be read, whose images have no region: %d.",
              unreadable));
    }
    return problems;
  }

  /** Says in a few lines how it went, and which exit code that is. */
  static ExitCode conclude(
      RunSummary summary, RunFolder folder, FailureLimit limit, PrintWriter out, PrintWriter err) {
    long failed = 0;
    StringBuilder statuses = new StringBuilder();
    for (Map.Entry<ImageStatus, Long> count : summary.counts().entrySet()) {
      if (count.getValue() > 0) {
        statuses.append(statuses.isEmpty() ? "" : ", ");
        statuses.append(String.format(Locale.ROOT, "%,d %s", count.getValue(), count.getKey()));
        failed += count.getKey().isFailure() ? count.getValue() : 0;
      }
    }
    long matched = summary.input().matched();
    out.printf(
        Locale.ROOT,
        "%,d images in %.1f s%s: %s%n",
        matched,
        summary.timing().seconds(),
        // Nothing was computed where all was done already.
        summary.timing().imagesPerSecond() == 0
            ? ""
            : String.format(Locale.ROOT, " (%.1f images/s)", summary.timing().imagesPerSecond()),
        statuses);
    if (summary.since() != null && summary.since().takenOver() > 0) {
      out.printf(
          Locale.ROOT,
          "%,d of them taken over from %s, %,d computed%n",
          summary.since().takenOver(),
          summary.since().run(),
          summary.since().computed());
    }
    DatasetStatistics statistics = RunGate.read(folder).statistics();
    RunSummary.Labels labels = summary.labels();
    rate("labelled images classified correctly", statistics.dataset().accuracy(), out);
    rate("predicted labels right (precision)", statistics.dataset().precision(), out);
    rate("labels predicted (recall)", statistics.dataset().recall(), out);
    rate(
        "images with a region looked at it (right reason)",
        statistics.dataset().rightReasonRate(),
        out);
    if (labels.unknown() > 0) {
      out.printf(
          Locale.ROOT, "%,d images have a label that is no class of the model%n", labels.unknown());
    }
    long unlabelled = matched - labels.labelled() - labels.unknown();
    if (unlabelled > 0) {
      out.printf(
          Locale.ROOT,
          "%,d images have no label: folders named after the model's classes give labels, or a manifest does%n",
          unlabelled);
    }
    List<Flag> flags = statistics.flags();
    flags.stream().limit(SUSPECTS).forEach(flag -> out.println("Suspect: " + flag.sentence()));
    if (flags.size() > SUSPECTS) {
      out.printf(Locale.ROOT, "%,d more findings are in classes.json%n", flags.size() - SUSPECTS);
    }
    List<PropertyFlag> told = statistics.propertyFlags();
    told.stream().limit(1).forEach(flag -> out.println("Pictures: " + flag.sentence()));
    if (told.size() > 1) {
      out.printf(Locale.ROOT, "%,d more of this kind are in classes.json%n", told.size() - 1);
    }
    out.println("Written to " + folder.root());
    long faults = summary.counts().getOrDefault(ImageStatus.INTERNAL_ERROR, 0L);
    if (faults > 0) {
      err.printf(
          Locale.ROOT,
          "camaudit: at %,d of %,d images the program itself failed, please report it with %s.%n",
          faults,
          matched,
          folder.locate(RunFolder.FAILURES));
      return ExitCode.INTERNAL_ERRORS;
    }
    if (limit.isExceeded(failed, matched)) {
      err.printf(
          Locale.ROOT,
          "camaudit: %,d of %,d images failed, more than --max-failures %s allows; see %s.%n",
          failed,
          matched,
          limit,
          folder.locate(RunFolder.FAILURES));
      return ExitCode.TOO_MANY_FAILURES;
    }
    return ExitCode.OK;
  }

  private static void rate(String what, Rate rate, PrintWriter out) {
    if (rate != null) {
      out.printf(
          Locale.ROOT,
          "%,d of %,d %s (%.1f %%)%n",
          rate.count(),
          rate.of(),
          what,
          100 * rate.value());
    }
  }

  /** No clock is better than a thousandth. */
  private static double rounded(double value) {
    return Math.rint(value * 1000) / 1000;
  }
}
