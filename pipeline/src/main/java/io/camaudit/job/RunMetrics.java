package io.camaudit.job;

import io.camaudit.explain.ImageExplainer;
import io.camaudit.report.ClassOutcome;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;

/** The one list of a run's Beam metrics. Those that Beam's RunInference has carry its names. */
public final class RunMetrics {
  public static final String NAMESPACE = "camaudit";

  /** Images that the model answered for. */
  static final Counter NUM_INFERENCES = counter("num_inferences");

  /** Batches that failed as a whole, which fails the run. */
  static final Counter FAILED_BATCHES = counter("failed_batches_counter");

  static final Distribution BATCH_SIZE = distribution("inference_request_batch_size");
  static final Distribution BATCH_BYTES = distribution("inference_request_batch_byte_size");
  static final Distribution BATCH_MICROS = distribution("inference_batch_latency_micro_secs");
  static final Gauge MODEL_BYTES = Metrics.gauge(NAMESPACE, "model_byte_size");
  static final Distribution MODEL_LOAD_MILLIS = distribution("load_model_latency_milli_secs");

  /** Images in the listing. */
  public static final String MATCHED = "images_matched";

  /** Files in the folder whose names are no images'. */
  public static final String SKIPPED = "files_skipped";

  /** Manifest entries that name an image once more. */
  public static final String REPEATED = "entries_repeated";

  /** Images with a status, whichever. */
  public static final String DONE = "images_done";

  /** Images that ended in a failure. */
  public static final String FAILED = "images_failed";

  /** Images whose results were taken over from an earlier run. */
  public static final String TAKEN_OVER = "images_taken_over";

  /** Images that this run has explained itself, and not an earlier one or before it was cut off. */
  public static final String COMPUTED_NOW = "images_computed_now";

  /** Worker threads' time inside the model, preprocessing included. */
  public static final String MODEL_MICROS = "model_micros";

  /** Worker threads' time on batches, from reading to writing. */
  public static final String BATCH_TOTAL_MICROS = "batch_total_micros";

  /** Images with a label that the model knows. */
  public static final String LABELLED = "images_labelled";

  /** Images whose label names no class of the model, or several. */
  public static final String LABEL_UNKNOWN = "images_label_unknown";

  /**
   * Labelled images whose first prediction is the label; of a multi-label model, whose predicted
   * classes are exactly the labels.
   */
  public static final String CORRECT = "images_correct";

  /** Images whose annotation states other proportions than theirs. */
  public static final String REGION_MISFITS = "region_misfits";

  /** Images whose mask cannot be read. */
  public static final String REGIONS_UNREADABLE = "regions_unreadable";

  /** Requests to storage that were sent again. */
  public static final String STORAGE_RETRIES = "storage_retries";

  private RunMetrics() {}

  /** The counter of images with a status. */
  public static String status(ImageStatus status) {
    return "status_" + status.name().toLowerCase(Locale.ROOT);
  }

  /** The counters that one image's report adds one to. */
  private static List<String> of(ImageReport report) {
    List<String> names = new ArrayList<>(List.of(DONE, status(report.status())));
    if (report.status().isFailure()) {
      names.add(FAILED);
    }
    if (report.classes() != null) {
      boolean labelled =
          report.correct() != null || report.classes().stream().anyMatch(RunMetrics::isKnown);
      if (labelled || report.classes().stream().anyMatch(c -> c.classRef().index() == null)) {
        names.add(labelled ? LABELLED : LABEL_UNKNOWN);
      }
    } else if (report.label() != null) {
      names.add(report.label().index() == null ? LABEL_UNKNOWN : LABELLED);
    }
    if (Boolean.TRUE.equals(report.correct())) {
      names.add(CORRECT);
    }
    return names;
  }

  private static boolean isKnown(ClassOutcome outcome) {
    return Boolean.TRUE.equals(outcome.labelled()) && outcome.classRef().index() != null;
  }

  /**
   * What a batch counts, by these names: what follows from its images alone, and so is the same
   * whenever and wherever they are explained.
   */
  static Map<String, Long> counts(ImageExplainer.Result batch) {
    Map<String, Long> counts = new TreeMap<>();
    for (ImageReport report : batch.reports()) {
      of(report).forEach(name -> counts.merge(name, 1L, Long::sum));
    }
    counts.put(REGION_MISFITS, (long) batch.regionMisfits());
    counts.put(REGIONS_UNREADABLE, (long) batch.regionsUnreadable());
    return counts;
  }

  /** Counts what a block does, while it is done. */
  static final BlockExplainer.Progress PROGRESS =
      new BlockExplainer.Progress() {
        @Override
        public void explained(ImageExplainer.Result batch) {
          count(batch);
        }

        @Override
        public void takenOver(ImageExplainer.Result results) {
          counts(results).forEach((name, count) -> counter(name).inc(count));
        }
      };

  /** Counts what came of a batch. */
  static void count(ImageExplainer.Result batch) {
    Map<String, Long> counts = counts(batch);
    counts.forEach((name, count) -> counter(name).inc(count));
    long explained = batch.reports().size() - counts.getOrDefault(FAILED, 0L);
    NUM_INFERENCES.inc(explained);
    BATCH_SIZE.update(explained);
    BATCH_BYTES.update(batch.imageBytes());
    BATCH_MICROS.update(batch.modelNanos() / 1_000);
    counter(MODEL_MICROS).inc(batch.modelNanos() / 1_000);
    counter(BATCH_TOTAL_MICROS).inc(batch.totalNanos() / 1_000);
  }

  /** What a runner has counted so far. */
  static Map<String, Long> counters(PipelineResult result) {
    Map<String, Long> counters = new TreeMap<>();
    MetricsFilter ours =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.inNamespace(NAMESPACE)).build();
    for (MetricResult<Long> counter : result.metrics().queryMetrics(ours).getCounters()) {
      counters.merge(counter.getName().getName(), counter.getAttempted(), Long::sum);
    }
    return counters;
  }

  static Counter counter(String name) {
    return Metrics.counter(NAMESPACE, name);
  }

  private static Distribution distribution(String name) {
    return Metrics.distribution(NAMESPACE, name);
  }
}
