package io.camaudit.stats;

import io.camaudit.report.ClassRef;
import io.camaudit.stats.PropertyFlag.Comparison;
import java.util.Locale;

/** What a property's flag says, and what it owes its reader. One sentence each. */
final class PropertyText {
  private PropertyText() {}

  /**
   * @param own the class's mean
   * @param rest that of all others
   */
  static String againstRest(
      ClassRef classRef, Property property, Separation found, double own, double rest, int tests) {
    boolean more = found.auc() > 0.5;
    String difference =
        property.kind() == Property.Kind.FORMAT
            ? text(
                "%s of its %,d images are %s files, of the others %s",
                percent(own), found.count(), format(property), percent(rest))
            : text(
                "its images are %s than those of other classes (%s in the mean of %,d, %s of the"
                    + " others): so it is in %s of all pairs",
                more ? more(property) : less(property),
                value(property, own),
                found.count(),
                value(property, rest),
                percent(more ? found.auc() : 1 - found.auc()));
    return text("%s: %s (%s).", classRef.name(), difference, test(found, tests));
  }

  static String rightAgainstWrong(
      ClassRef classRef, Property property, Separation found, int tests) {
    boolean more = found.auc() > 0.5;
    String kind =
        property.kind() == Property.Kind.FORMAT
            ? (more ? "more often " : "more seldom ") + format(property) + " files"
            : more ? more(property) : less(property);
    return text(
        "%s: the %,d images that are classified correctly are %s than the %,d that are not: so it"
            + " is in %s of all pairs (%s).",
        classRef == null ? "All classes together" : classRef.name(),
        found.count(),
        kind,
        found.others(),
        percent(more ? found.auc() : 1 - found.auc()),
        test(found, tests));
  }

  private static String test(Separation found, int tests) {
    return text(
        "AUC %.2f, 95 %% interval %.2f to %.2f, Mann-Whitney test, p %s, %s after"
            + " Benjamini-Hochberg over %d tests",
        found.auc(),
        found.low(),
        found.high(),
        FlagText.probability(found.pValue()),
        FlagText.probability(found.adjustedPValue()),
        tests);
  }

  static String caution(Property property, Comparison comparison) {
    if (comparison == Comparison.RIGHT_AGAINST_WRONG) {
      return "What is hard to name may look like this without being hard because of it: change this"
          + " in some of the images and see whether the predictions follow, before you believe it.";
    }
    return property.kind() == Property.Kind.LOOK
        ? "A class may look like this by what it shows, as snow is bright, and a model need not go by"
            + " it: change this in some of the images and see whether the prediction follows, before"
            + " you believe it."
        : "This says how files were made, not what they show: by another camera, program or source."
            + " A model need not go by its traces: store all images alike, audit again, and see"
            + " whether the predictions stay, before you believe it.";
  }

  private static String more(Property property) {
    return switch (property) {
      case BRIGHTNESS -> "brighter";
      case CONTRAST -> "richer in contrast";
      case WARMTH -> "more reddish";
      case TINT -> "more greenish";
      case SHARPNESS -> "sharper";
      case ASPECT -> "wider for their height";
      case MEGAPIXELS -> "larger";
      case JPEG_QUALITY -> "of higher JPEG quality";
      default -> throw new IllegalArgumentException(property + " is a format");
    };
  }

  private static String less(Property property) {
    return switch (property) {
      case BRIGHTNESS -> "darker";
      case CONTRAST -> "poorer in contrast";
      case WARMTH -> "more bluish";
      case TINT -> "more purplish";
      case SHARPNESS -> "more blurred";
      case ASPECT -> "taller for their width";
      case MEGAPIXELS -> "smaller";
      case JPEG_QUALITY -> "of lower JPEG quality";
      default -> throw new IllegalArgumentException(property + " is a format");
    };
  }

  private static String value(Property property, double mean) {
    return switch (property) {
      case JPEG_QUALITY -> text("%.0f", mean);
      case MEGAPIXELS -> text("%.3f megapixels", mean);
      case ASPECT -> text("%.2f to 1", mean);
      default -> text("%.2f", mean);
    };
  }

  private static String format(Property property) {
    return property == Property.WEBP ? "WebP" : property.name();
  }

  private static String percent(double share) {
    return FlagText.percent(share);
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
