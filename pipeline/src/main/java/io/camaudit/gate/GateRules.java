package io.camaudit.gate;

import io.camaudit.UserException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a gate file asks for. Rules that are left out are null; shares and rates are from 0 to 1.
 *
 * @param judgeBy which number has to keep to the bounds
 * @param minimumImages classes with a rate of fewer images are skipped by rules for every class
 * @param images least number of images
 * @param accuracy bounds of the share of right first predictions
 * @param precision bounds of a multi-label model's precision
 * @param recall bounds of a multi-label model's recall
 * @param rightReasonRate bounds of the share of images where the model looked where it should
 * @param emptyMaps bound of the share of images whose map has nothing positive
 * @param failures bound of the share of images without an explanation, those whose numbers are not
 *     finite among them
 * @param flaggedClasses bound of the number of classes that the statistics flag
 * @param keptWithoutObject bounds of the share of images whose prediction stays without the object
 * @param backgroundGap bounds of how much more often a prediction stays on a background of its own
 *     class than on one of others
 * @param confirmedClasses bound of the number of classes whose suspicion is confirmed
 * @param strategies bounds of the share of a class's images that are in strategies which do badly
 * @param faithfulness bound of the symmetric relevance gain of the maps that the run judges by
 * @param notWorseThan an earlier run, and how much below it each class may be
 */
public record GateRules(
    JudgeBy judgeBy,
    Long minimumImages,
    CountBound images,
    RateBounds accuracy,
    RateBounds precision,
    RateBounds recall,
    RateBounds rightReasonRate,
    ShareBound emptyMaps,
    ShareBound failures,
    FlagBound flaggedClasses,
    ProofBounds keptWithoutObject,
    ProofBounds backgroundGap,
    FlagBound confirmedClasses,
    StrategyBounds strategies,
    GainBound faithfulness,
    Comparison notWorseThan) {

  public GateRules {
    judgeBy = judgeBy == null ? JudgeBy.ESTIMATE : judgeBy;
    minimumImages = minimumImages == null ? Long.valueOf(1) : minimumImages;
    if (minimumImages < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "minimum-images %d is less than 1", minimumImages));
    }
  }

  /**
   * Least values of a rate.
   *
   * @param minimum over all images
   * @param everyClass of each class that {@code classes} does not name
   * @param classes by a class's id, name or index
   */
  record RateBounds(Double minimum, Double everyClass, Map<String, Double> classes) {
    RateBounds {
      classes = classes == null ? Map.of() : classes;
      share("minimum", minimum);
      share("every-class", everyClass);
      classes.forEach((name, least) -> share("class " + name, least == null ? Double.NaN : least));
    }

    private RateBounds withClassIds(String rule, UnaryOperator<String> id) {
      return new RateBounds(minimum, everyClass, byId(rule, classes, id));
    }
  }

  /**
   * Greatest values of a number of a proof.
   *
   * @param maximum over all images
   * @param everyClass of each class that {@code classes} does not name
   * @param classes by a class's id, name or index
   */
  record ProofBounds(Double maximum, Double everyClass, Map<String, Double> classes) {
    ProofBounds {
      classes = classes == null ? Map.of() : classes;
      share("maximum", maximum);
      share("every-class", everyClass);
      classes.forEach((name, most) -> share("class " + name, most == null ? Double.NaN : most));
    }

    private boolean isEmpty() {
      return maximum == null && everyClass == null && classes.isEmpty();
    }

    private ProofBounds withClassIds(String rule, UnaryOperator<String> id) {
      return new ProofBounds(maximum, everyClass, byId(rule, classes, id));
    }
  }

  /**
   * Which strategies do badly, and how much of a class may be in them.
   *
   * @param accuracy below which one does; null if that is not asked
   * @param rightReasonRate likewise
   * @param maximum greatest share of each class's images; null for none
   */
  record StrategyBounds(Double accuracy, Double rightReasonRate, Double maximum) {
    StrategyBounds {
      share("accuracy", accuracy);
      share("right-reason-rate", rightReasonRate);
      share("maximum", maximum);
    }

    double most() {
      return maximum == null ? 0 : maximum;
    }
  }

  private static Map<String, Double> byId(
      String rule, Map<String, Double> classes, UnaryOperator<String> id) {
    Map<String, String> names = new HashMap<>();
    Map<String, Double> byId = new LinkedHashMap<>();
    classes.forEach(
        (name, bound) -> {
          String other = names.put(id.apply(name), name);
          if (other != null) {
            throw UserException.wrongArguments(
                "The gate's %s.classes names one class twice, as \"%s\" and as \"%s\".",
                rule, other, name);
          }
          byId.put(id.apply(name), bound);
        });
    return byId;
  }

  /** Least number of images: a folder that is half there may well have the better rates. */
  record CountBound(Long minimum) {
    CountBound {
      if (minimum != null && minimum < 1) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "minimum %d is less than 1", minimum));
      }
    }
  }

  /** Greatest value of a share of all matched images. */
  record ShareBound(Double maximum) {
    ShareBound {
      share("maximum", maximum);
    }
  }

  /** Least value of a gain, which may be 1 at most; below 0 no map is worth its name. */
  record GainBound(Double minimum) {
    GainBound {
      share("minimum", minimum);
    }
  }

  /**
   * How many classes may be flagged.
   *
   * @param maximum not counting those in {@code allow}
   * @param allow classes whose flags are known and accepted, by id, name or index
   */
  record FlagBound(Integer maximum, List<String> allow) {
    FlagBound {
      allow = allow == null ? List.of() : List.copyOf(allow);
      if (maximum != null && maximum < 0) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "maximum %d is less than 0", maximum));
      }
    }
  }

  /**
   * How much worse than an earlier run the whole and each class may be, in shares: 0.02 is two
   * points of a hundred.
   *
   * @param run the earlier run's folder, seen from the gate file's; null if the command line names
   *     one
   * @param imagesDrop greatest share of the earlier run's images that this one has fewer
   * @param newStrategy greatest share of a class's images in one strategy that the earlier run had
   *     not
   */
  record Comparison(
      String run,
      Double accuracyDrop,
      Double precisionDrop,
      Double recallDrop,
      Double rightReasonDrop,
      Double imagesDrop,
      Double newStrategy) {
    Comparison {
      share("accuracy-drop", accuracyDrop);
      share("precision-drop", precisionDrop);
      share("recall-drop", recallDrop);
      share("right-reason-drop", rightReasonDrop);
      share("images-drop", imagesDrop);
      share("new-strategy", newStrategy);
    }
  }

  /**
   * The same rules with every class by its id, so that any of a class's names will do in the file.
   *
   * @param id finds a class's id by what the file calls it
   * @throws UserException if two names of one rule mean the same class
   */
  public GateRules withClassIds(UnaryOperator<String> id) {
    return new GateRules(
        judgeBy,
        minimumImages,
        images,
        accuracy == null ? null : accuracy.withClassIds("accuracy", id),
        precision == null ? null : precision.withClassIds("precision", id),
        recall == null ? null : recall.withClassIds("recall", id),
        rightReasonRate == null ? null : rightReasonRate.withClassIds("right-reason-rate", id),
        emptyMaps,
        failures,
        withClassIds(flaggedClasses, id),
        keptWithoutObject == null
            ? null
            : keptWithoutObject.withClassIds("kept-without-object", id),
        backgroundGap == null ? null : backgroundGap.withClassIds("background-gap", id),
        withClassIds(confirmedClasses, id),
        strategies,
        faithfulness,
        notWorseThan);
  }

  private static FlagBound withClassIds(FlagBound bound, UnaryOperator<String> id) {
    return bound == null
        ? null
        : new FlagBound(bound.maximum(), bound.allow().stream().map(id).toList());
  }

  /** Whether an earlier run is needed. */
  public boolean compares() {
    return notWorseThan != null;
  }

  /** The earlier run's folder, seen from the gate file's, if the file names one. */
  public String earlierRun() {
    return notWorseThan == null ? null : notWorseThan.run();
  }

  /** What keeps the rules from saying anything, which only a whole file shows; null if nothing. */
  String incomplete() {
    if (images == null
        && accuracy == null
        && precision == null
        && recall == null
        && rightReasonRate == null
        && emptyMaps == null
        && failures == null
        && flaggedClasses == null
        && keptWithoutObject == null
        && backgroundGap == null
        && confirmedClasses == null
        && strategies == null
        && faithfulness == null
        && notWorseThan == null) {
      return "there is no rule in it, so it would pass anything";
    }
    if (images != null && images.minimum() == null) {
      return "images: give minimum";
    }
    if (isEmpty(accuracy)) {
      return "accuracy: give minimum, every-class or classes";
    }
    if (isEmpty(precision)) {
      return "precision: give minimum, every-class or classes";
    }
    if (isEmpty(recall)) {
      return "recall: give minimum, every-class or classes";
    }
    if (isEmpty(rightReasonRate)) {
      return "right-reason-rate: give minimum, every-class or classes";
    }
    if (emptyMaps != null && emptyMaps.maximum() == null) {
      return "empty-maps: give maximum";
    }
    if (failures != null && failures.maximum() == null) {
      return "failures: give maximum";
    }
    if (flaggedClasses != null && flaggedClasses.maximum() == null) {
      return "flagged-classes: give maximum";
    }
    if (keptWithoutObject != null && keptWithoutObject.isEmpty()) {
      return "kept-without-object: give maximum, every-class or classes";
    }
    if (backgroundGap != null && backgroundGap.isEmpty()) {
      return "background-gap: give maximum, every-class or classes";
    }
    if (confirmedClasses != null && confirmedClasses.maximum() == null) {
      return "confirmed-classes: give maximum";
    }
    if (strategies != null
        && strategies.accuracy() == null
        && strategies.rightReasonRate() == null) {
      return "strategies: give accuracy or right-reason-rate, below which one does badly";
    }
    if (faithfulness != null && faithfulness.minimum() == null) {
      return "faithfulness: give minimum";
    }
    if (notWorseThan != null
        && notWorseThan.accuracyDrop() == null
        && notWorseThan.precisionDrop() == null
        && notWorseThan.recallDrop() == null
        && notWorseThan.rightReasonDrop() == null
        && notWorseThan.imagesDrop() == null
        && notWorseThan.newStrategy() == null) {
      return "not-worse-than: give accuracy-drop, right-reason-drop (of multi-label models"
          + " precision-drop, recall-drop), images-drop or new-strategy";
    }
    return null;
  }

  private static boolean isEmpty(RateBounds bounds) {
    return bounds != null
        && bounds.minimum() == null
        && bounds.everyClass() == null
        && bounds.classes().isEmpty();
  }

  private static void share(String name, Double value) {
    if (value != null && !(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s %s is no share from 0 to 1", name, value));
    }
  }
}
