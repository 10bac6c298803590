package io.camaudit.precision;

import io.camaudit.UserException;
import io.camaudit.report.PrecisionAgreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far a run may be from float32: at most these shares of the sample may differ. The observed
 * shares are judged, not the ends of their intervals, so that a small data set, which is its own
 * sample, is judged by what it shows.
 *
 * @param predictions share of images with another prediction, 0 to 1
 * @param verdicts share of images with another verdict, 0 to 1
 * @param peaks share of maps whose peak is another cell, 0 to 1
 * @param map median of the maps' differences, as a share of their maxima; at least 0
 */
public record PrecisionLimits(double predictions, double verdicts, double peaks, double map) {
  /**
   * Two images in a hundred, and peaks of one map in ten, whose greatest cells are often about
   * equal: a person's choice of what is worth stopping for, not a measurement.
   */
  public static final PrecisionLimits DEFAULT = new PrecisionLimits(0.02, 0.02, 0.1, 0.05);

  /**
   * The defaults but for what the texts say, such as {@code predictions=1%} or {@code map=0.1}.
   *
   * @throws UserException for anything else
   */
  public static PrecisionLimits parse(List<String> texts) {
    PrecisionLimits limits = DEFAULT;
    for (String text : texts) {
      String[] parts = text.strip().split("=", 2);
      double share = parts.length == 2 ? share(parts[1].strip()) : Double.NaN;
      boolean isMap = parts[0].equals("map");
      if (Double.isNaN(share) || share < 0 || (share > 1 && !isMap)) {
        throw wrong(text);
      }
      limits =
          switch (parts[0]) {
            case "predictions" ->
                new PrecisionLimits(share, limits.verdicts, limits.peaks, limits.map);
            case "verdicts" ->
                new PrecisionLimits(limits.predictions, share, limits.peaks, limits.map);
            case "peaks" ->
                new PrecisionLimits(limits.predictions, limits.verdicts, share, limits.map);
            case "map" ->
                new PrecisionLimits(limits.predictions, limits.verdicts, limits.peaks, share);
            default -> throw wrong(text);
          };
    }
    return limits;
  }

  private static double share(String text) {
    boolean percent = text.endsWith("%");
    try {
      double number = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
      return percent ? number / 100 : number;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static UserException wrong(String text) {
    return UserException.wrongArguments(
        "--precision-limit %s: give predictions, verdicts, peaks or map and a share, such as predictions=2%%.",
        text);
  }

  /** One sentence a limit that is exceeded. */
  public List<String> exceededBy(PrecisionAgreement agreement) {
    List<String> sentences = new ArrayList<>();
    judge("predictions", agreement.predictions(), predictions, sentences);
    judge("verdicts", agreement.verdicts(), verdicts, sentences);
    judge("peaks", agreement.peaks(), peaks, sentences);
    Double median = agreement.medianMapDifference();
    if (median != null && median > map) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "Maps differ from %s by %s of their maximum in the median; --precision-limit map is %s.",
              agreement.reference(),
              percent(median),
              percent(map)));
    }
    return sentences;
  }

  private static void judge(
      String what, PrecisionAgreement.Share share, double limit, List<String> sentences) {
    if (share == null) {
      return;
    }
    long others = share.of() - share.same();
    if (others > limit * share.of()) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "Other %s than in float32: %d of %d (%s); --precision-limit %s is %s.",
              what,
              others,
              share.of(),
              percent((double) others / share.of()),
              what,
              percent(limit)));
    }
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "predictions=%s,verdicts=%s,peaks=%s,map=%s",
        predictions,
        verdicts,
        peaks,
        map);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.3g %%", 100 * share).replaceAll("\\.?0+ %", " %");
  }
}
