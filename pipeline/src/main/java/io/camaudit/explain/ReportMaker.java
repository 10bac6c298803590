package io.camaudit.explain;

import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Prediction;
import io.camaudit.report.RawMap;
import io.camaudit.report.Verdict;
import io.camaudit.savedmodel.BatchExplanation;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.storage.FileSink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes an image's report of what the model answered: its predictions, and each of its maps drawn,
 * measured and judged. Immutable, so safe for any number of threads.
 */
final class ReportMaker {
  private static final int PREDICTIONS = 5;

  private final String method;
  private final ModelCard card;
  private final ClassIndex classes;
  private final TargetPlan targets;
  private final List<String> layers;
  private final ImageJudge judge;
  private final OverlayWriter overlays;

  ReportMaker(
      String method,
      ModelCard card,
      ClassIndex classes,
      TargetPlan targets,
      List<String> layers,
      ImageJudge judge,
      OverlayWriter overlays) {
    this.method = method;
    this.card = card;
    this.classes = classes;
    this.targets = targets;
    this.layers = List.copyOf(layers);
    this.judge = judge;
    this.overlays = overlays;
  }

  /**
   * The report of an image, whose overlays are written on the way.
   *
   * @param slot where the image lies in the batch
   * @param out where overlays go; null for none
   */
  ImageReport report(PreparedImage image, int slot, BatchExplanation answer, FileSink out) {
    float[] logits = answer.logits(slot);
    boolean finite = allFinite(logits);
    List<Prediction> predictions = finite ? Softmax.top(logits, PREDICTIONS, classes) : List.of();
    Boolean correct =
        image.subject().known() == null || !finite
            ? null
            : Boolean.valueOf(predictions.get(0).index() == image.subject().known().index());
    List<Explanation> explanations = explanations(image, slot, answer, finite);
    ImageStatus status = status(finite, explanations);
    Verdict verdict = judge.verdict(correct, image.region().isPresent(), explanations);
    if (out != null && overlays.wants(correct, verdict)) {
      explanations.replaceAll(explanation -> drawn(explanation, image, out));
    }
    return new ImageReport(
        ImageReport.SCHEMA,
        image.subject().ref().name(),
        status,
        reason(status, explanations),
        image.file(),
        image.subject().label(),
        predictions,
        correct,
        explanations,
        verdict);
  }

  private Explanation drawn(Explanation explanation, PreparedImage image, FileSink out) {
    RawMap map = explanation.map();
    if (map.values() == null) {
      return explanation;
    }
    return explanation.withOverlay(
        overlays.write(
            image, explanation.layer(), explanation.target().index(), RawMaps.saliency(map), out));
  }

  private List<Explanation> explanations(
      PreparedImage image, int slot, BatchExplanation answer, boolean finiteLogits) {
    List<Explanation> explanations = new ArrayList<>();
    List<TargetPlan.Slot> wishes = targets.slotsOf(image.subject().known());
    Set<Integer> explained = new HashSet<>();
    for (int s = 0; s < wishes.size(); s++) {
      int pair = slot * wishes.size() + s;
      if (!TargetPlan.isVacant(wishes.get(s), image.subject().known())
          && explained.add(answer.target(pair))) {
        for (String layer : layers) {
          explanations.add(explanation(image, wishes.get(s), layer, pair, answer, finiteLogits));
        }
      }
    }
    return explanations;
  }

  private Explanation explanation(
      PreparedImage image,
      TargetPlan.Slot wish,
      String layer,
      int pair,
      BatchExplanation answer,
      boolean finiteLogits) {
    float[] values = answer.map(pair, layer);
    ModelCard.Layer grid = card.layer(layer);
    int target = answer.target(pair);
    float score = answer.score(pair);
    RawMap map = RawMaps.of(values, grid.height(), grid.width());
    ImageStatus status = status(map, finiteLogits);
    boolean measured = status == ImageStatus.OK;
    return new Explanation(
        method,
        layer,
        ClassRef.of(classes.label(target)),
        wish.why(),
        Float.isFinite(score) ? score : null,
        status,
        map,
        null,
        measured ? judge.attention(values, grid.height(), grid.width()) : null,
        measured
            ? image
                .region()
                .map(mask -> judge.fit(values, grid.height(), grid.width(), mask))
                .orElse(null)
            : null);
  }

  private static ImageStatus status(RawMap map, boolean finiteLogits) {
    if (map.values() == null || !finiteLogits) {
      return ImageStatus.NOT_FINITE;
    }
    return map.max() > 0 ? ImageStatus.OK : ImageStatus.EMPTY_MAP;
  }

  /** An image has the status of its first explanation. */
  private static ImageStatus status(boolean finiteLogits, List<Explanation> explanations) {
    if (!finiteLogits) {
      return ImageStatus.NOT_FINITE;
    }
    return explanations.isEmpty() ? ImageStatus.OK : explanations.get(0).status();
  }

  private static String reason(ImageStatus status, List<Explanation> explanations) {
    return switch (status) {
      case NOT_FINITE -> "The model's numbers for this image are not finite.";
      case EMPTY_MAP -> {
        Explanation first = explanations.get(0);
        yield String.format(
            Locale.ROOT,
            "No cell of the map of layer %s speaks for class %s.",
            first.layer(),
            first.target().name());
      }
      default -> null;
    };
  }

  private static boolean allFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
