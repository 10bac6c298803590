package io.camaudit.explain;

import io.camaudit.report.ClassOutcome;
import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Prediction;
import io.camaudit.report.RawMap;
import io.camaudit.report.Verdict;
import io.camaudit.savedmodel.CellLayout;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.storage.FileSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes an image's report of what the model answered: its predictions, and each of its maps drawn,
 * measured and judged. Immutable, so safe for any number of threads.
 */
final class ReportMaker {
  private static final int PREDICTIONS = 5;

  private final String method;
  private final ModelCard card;
  private final ClassIndex classes;
  private final double threshold;
  private final List<String> layers;
  private final ImageJudge judge;
  private final TargetRegions regions;
  private final Map<String, CellLayout> layouts;
  private final OverlayWriter overlays;

  ReportMaker(
      String method,
      ModelCard card,
      ClassIndex classes,
      double threshold,
      List<String> layers,
      ImageJudge judge,
      MapPlacement placement,
      OverlayWriter overlays) {
    this.method = method;
    this.card = card;
    this.classes = classes;
    this.threshold = threshold;
    this.layers = List.copyOf(layers);
    this.judge = judge;
    this.regions = new TargetRegions(card.decision().kind(), classes);
    this.layouts =
        layers.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    name -> name, name -> placement.layout(card.layer(name), card.input())));
    this.overlays = overlays;
  }

  /**
   * The report of an image, whose overlays are written on the way.
   *
   * @param out where overlays go; null for none
   */
  ImageReport report(PreparedImage image, ImageAnswer answer, FileSink out) {
    boolean finite = allFinite(answer.logits());
    boolean multiLabel = card.decision().kind() == ModelKind.MULTI_LABEL;
    List<Explanation> explanations = explanations(image, answer, finite);
    ImageStatus status = status(finite, explanations);
    String reason = reason(status, explanations);
    return multiLabel
        ? ofClasses(image, answer.logits(), finite, explanations, status, reason, out)
        : ofOne(image, answer.logits(), finite, explanations, status, reason, out);
  }

  private ImageReport ofOne(
      PreparedImage image,
      float[] logits,
      boolean finite,
      List<Explanation> explanations,
      ImageStatus status,
      String reason,
      FileSink out) {
    Subject subject = image.subject();
    List<Prediction> predictions = finite ? Softmax.top(logits, PREDICTIONS, classes) : List.of();
    Boolean correct =
        subject.known() == null || !finite
            ? null
            : Boolean.valueOf(predictions.get(0).index() == subject.known().index());
    boolean hasRegion = image.region().of(subject.known()).isPresent();
    Verdict verdict = judge.verdict(correct, hasRegion, explanations);
    Set<Verdict> verdicts = verdict == null ? Set.of() : Set.of(verdict);
    List<Explanation> drawn = drawn(explanations, image, logits, correct, verdicts, out);
    return new ImageReport(
            ImageReport.SCHEMA,
            subject.ref().name(),
            status,
            reason,
            image.file(),
            subject.label(),
            predictions,
            correct,
            drawn,
            verdict)
        .of(card.decision().kind(), null);
  }

  private ImageReport ofClasses(
      PreparedImage image,
      float[] logits,
      boolean finite,
      List<Explanation> explanations,
      ImageStatus status,
      String reason,
      FileSink out) {
    MultiLabelAnswer answer = new MultiLabelAnswer(logits, threshold);
    List<ClassOutcome> outcomes =
        new Outcomes(classes, judge).of(image, answer, finite, explanations);
    LabelTexts labels = image.subject().labels();
    boolean known = labels != null && finite && !labels.isUnknown();
    Boolean exact = known ? (Boolean) Outcomes.exact(outcomes) : null;
    Set<Verdict> verdicts =
        outcomes.stream()
            .map(ClassOutcome::verdict)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    List<Explanation> drawn = drawn(explanations, image, logits, exact, verdicts, out);
    return new ImageReport(
            ImageReport.SCHEMA,
            image.subject().ref().name(),
            status,
            reason,
            image.file(),
            null,
            finite ? answer.top(PREDICTIONS, classes) : List.of(),
            exact,
            drawn,
            null)
        .of(ModelKind.MULTI_LABEL, outcomes);
  }

  /** The explanations of an image with the pictures of them that are wanted. */
  private List<Explanation> drawn(
      List<Explanation> explanations,
      PreparedImage image,
      float[] logits,
      Boolean correct,
      Set<Verdict> verdicts,
      FileSink out) {
    Captions captions = new Captions(classes, card.decision().kind(), logits);
    return out == null
        ? explanations
        : overlays.write(image, explanations, captions::of, correct, verdicts, out);
  }

  private List<Explanation> explanations(
      PreparedImage image, ImageAnswer answer, boolean finiteLogits) {
    List<Explanation> explanations = new ArrayList<>();
    for (ImageAnswer.Target target : answer.targets()) {
      for (String layer : layers) {
        explanations.add(explanation(image, target, layer, finiteLogits));
      }
    }
    return explanations;
  }

  private Explanation explanation(
      PreparedImage image, ImageAnswer.Target wish, String layer, boolean finiteLogits) {
    float[] values = wish.answer().map(wish.pair(), layer);
    CellLayout grid = layouts.get(layer);
    int target = wish.index();
    Integer versus = wish.answer().versus(wish.pair());
    float score = wish.answer().score(wish.pair());
    RawMap map = RawMaps.of(values, grid.height(), grid.width());
    ImageStatus status = status(map, finiteLogits);
    boolean measured = status == ImageStatus.OK;
    return new Explanation(
        method,
        layer,
        ClassRef.of(classes.label(target)),
        versus == null ? null : ClassRef.of(classes.label(versus)),
        wish.why(),
        Float.isFinite(score) ? score : null,
        status,
        map,
        null,
        measured ? judge.attention(values, grid) : null,
        measured
            ? regions.of(image, target).map(mask -> judge.fit(values, grid, mask)).orElse(null)
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
            first.targetName());
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
