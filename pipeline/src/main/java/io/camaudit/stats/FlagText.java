package io.camaudit.stats;

import java.util.Locale;

/** What a flag says, and what it owes its reader. One sentence each. */
public final class FlagText {
  private static final String MAPS_ERR =
      "maps made after training can miss a cue and can accuse a clean model (arXiv:2212.04629)";

  private FlagText() {}

  static String sentence(
      FlagKind kind,
      Suspicion.Candidate candidate,
      String facts,
      double pValue,
      double adjusted,
      int tests) {
    Rate accuracy = candidate.sums().accuracy();
    return text(
        "%s: %s%s (%s, one-sided p %s, %s after Benjamini-Hochberg over %d tests).",
        candidate.classRef().name(),
        facts,
        accuracy == null
            ? ""
            : text("; %s of its images are classified correctly", percent(accuracy.value())),
        kind == FlagKind.LOOKS_ELSEWHERE ? "Fisher's exact test" : "Welch's t-test",
        probability(pValue),
        probability(adjusted),
        tests);
  }

  static String rates(Rate own, Rate rest) {
    return text(
        "the model looked where it should in %d of %d images (%s, 95 %% interval %s to %s), in the"
            + " other classes together in %d of %d (%s)",
        own.count(),
        own.of(),
        percent(own.value()),
        percent(own.low()),
        percent(own.high()),
        rest.count(),
        rest.of(),
        percent(rest.value()));
  }

  static String means(FlagKind kind, Mean own, Mean rest, ClassAccumulator sums) {
    String numbers =
        text(
            "%.2f (95 %% interval %.2f to %.2f, %d images), in the other classes together %.2f",
            own.mean(), own.low(), own.high(), own.count(), rest.mean());
    return switch (kind) {
      case DRAWN_TO_CORNERS ->
          "attention is drawn to the corners of the picture, with a mean corner lift of " + numbers;
      case DRAWN_TO_BORDERS ->
          "attention is drawn to the edges of the picture, with a mean border lift of " + numbers;
      case ONE_PLACE ->
          text(
              "attention goes to one place of its own: two maps of the class have a mean cosine of"
                  + " %.2f, and a map is more like those of its class than like the rest by %s",
              sums.maps().statistics(null).pairAlikeness(), numbers);
      case LOOKS_ELSEWHERE -> throw new IllegalArgumentException("a rate, not a mean");
    };
  }

  static String caution(FlagKind kind) {
    String doubt =
        switch (kind) {
          case LOOKS_ELSEWHERE ->
              "Regions may be drawn too tight or miss what belongs to the class, and " + MAPS_ERR;
          case DRAWN_TO_CORNERS, DRAWN_TO_BORDERS ->
              "Objects that reach the edge and a network's padding draw attention there too, and "
                  + MAPS_ERR;
          case ONE_PLACE ->
              "Objects that are always photographed in the same spot give the same picture, and "
                  + MAPS_ERR;
        };
    return doubt
        + ": look at the images, and take the suspected cue away or add it elsewhere, before"
        + " you believe it.";
  }

  /** A share in whole per cent. */
  public static String percent(double share) {
    return text("%.0f %%", 100 * share);
  }

  /** A p-value with as many digits as a reader needs. */
  public static String probability(double p) {
    return p < 1e-300 ? "below 1e-300" : text(p < 0.001 ? "%.1e" : "%.3f", p);
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
