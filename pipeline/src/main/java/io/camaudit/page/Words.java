package io.camaudit.page;

import io.camaudit.channel.CarriedBy;
import io.camaudit.proof.Evidence;
import io.camaudit.proof.EvidenceLevel;
import io.camaudit.proof.Variant;
import io.camaudit.report.Verdict;
import io.camaudit.stats.FlagKind;
import io.camaudit.stats.Mean;
import io.camaudit.stats.Rate;
import io.camaudit.stats.RateChange;
import java.util.Locale;

/** Numbers and enums as the page's readers see them. */
final class Words {
  private Words() {}

  /** {@code 1,234}. */
  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** {@code 1 image}, {@code 2 images}. */
  static String count(long n, String one, String many) {
    return count(n) + " " + (n == 1 ? one : many);
  }

  /**
   * A share in per cent: whole, but with a decimal near the ends, where 99.6 % must not become 100
   * %; the ends themselves only where they are exact.
   */
  static String percent(double share) {
    double percent = 100 * share;
    if (percent > 0 && percent < 0.05) {
      return "<\u202f0.1\u202f%";
    }
    if (percent >= 99.95 && percent < 100) {
      return ">\u202f99.9\u202f%";
    }
    boolean whole = percent == 0 || percent == 100 || (percent >= 9.95 && percent < 99.5);
    return String.format(Locale.ROOT, whole ? "%.0f\u202f%%" : "%.1f\u202f%%", percent);
  }

  /** {@code 34 of 40, 95 % interval 71–91 %}. */
  static String interval(Rate rate) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d, 95\u202f%% interval %.0f\u2013%.0f\u202f%%",
        rate.count(),
        rate.of(),
        100 * rate.low(),
        100 * rate.high());
  }

  /** {@code 96 % → 71 % of 40, -25 points (-40 to -9)}. */
  static String change(RateChange change) {
    return String.format(
        Locale.ROOT,
        "%s → %s of %s, %+.0f points (%+.0f to %+.0f)",
        percent(change.before().value()),
        percent(change.after().value()),
        count(change.before().of()),
        100 * change.difference(),
        100 * change.low(),
        100 * change.high());
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /**
   * {@code value, low, high} for a drawn interval; the value three times if there is no interval.
   */
  static double[] triple(Mean mean) {
    double low = mean.low() == null ? mean.mean() : mean.low();
    double high = mean.high() == null ? mean.mean() : mean.high();
    return new double[] {round(mean.mean()), round(low), round(high)};
  }

  static double[] triple(Rate rate) {
    return rate == null
        ? null
        : new double[] {round(rate.value()), round(rate.low()), round(rate.high())};
  }

  /** Five digits are more than any pixel shows, and halve the data. */
  static double round(double value) {
    return Math.round(value * 1e5) / 1e5;
  }

  static String name(FlagKind kind) {
    return switch (kind) {
      case LOOKS_ELSEWHERE -> "Looks elsewhere";
      case DRAWN_TO_CORNERS -> "Drawn to corners";
      case DRAWN_TO_BORDERS -> "Drawn to borders";
      case ONE_PLACE -> "One and the same place";
    };
  }

  static String name(EvidenceLevel level) {
    return switch (level) {
      case CONFIRMED -> "Confirmed";
      case REFUTED -> "Refuted";
      case UNDECIDED -> "Undecided";
    };
  }

  /** What the evidence means, in a line. */
  static String headline(Evidence evidence) {
    return switch (evidence.level()) {
      case CONFIRMED -> "It is recognised without its object, and not by the object alone.";
      case REFUTED ->
          evidence.besides() == null
              ? "It is recognised by its object, and not without it."
              : "It is recognised by its object, and its background counts too.";
      case UNDECIDED -> "It is not shown whether it is recognised by its object.";
    };
  }

  /** Which of the page's colours a level has. */
  static String tone(EvidenceLevel level) {
    return switch (level) {
      case CONFIRMED -> "rw";
      case REFUTED -> "rr";
      case UNDECIDED -> "none";
    };
  }

  static String name(Variant variant) {
    return switch (variant) {
      case OBJECT_OUT -> "Without the object";
      case ONLY_OBJECT -> "Only the object";
      case CONTROL -> "As much elsewhere";
      case SAME_BACKGROUND -> "Background of its class";
      case OTHER_BACKGROUND -> "Background of others";
      case TRANSPLANT -> "Hot patch on others";
      case HOT_SPOT_OUT -> "Without the hot spot";
      case COLD_SPOT_OUT -> "Without a cold spot";
    };
  }

  static String help(Variant variant) {
    return switch (variant) {
      case OBJECT_OUT -> "The region is filled in from around it";
      case ONLY_OBJECT -> "Everything but the region is filled in";
      case CONTROL -> "The region's shape is filled in where it meets least heat and no region";
      case SAME_BACKGROUND -> "The object on the background of another image of its class";
      case OTHER_BACKGROUND -> "The object on the background of an image of another class";
      case TRANSPLANT ->
          "What lies off the object in the hottest window, laid over images of other classes:"
              + " the share that becomes this class";
      case HOT_SPOT_OUT ->
          "The hottest tenth of the map is filled in: a check of the map, no proof";
      case COLD_SPOT_OUT -> "The same shape is filled in where the map is coldest";
    };
  }

  /** By what a channel is carried. */
  static String name(CarriedBy by) {
    return switch (by) {
      case OBJECT -> "Carried by the object";
      case SURROUNDINGS -> "Carried by what lies around it";
      case UNCLEAR -> "Carried by both, or unclear";
    };
  }

  /** Which of the page's colours that has. */
  static String tone(CarriedBy by) {
    return switch (by) {
      case OBJECT -> "rr";
      case SURROUNDINGS -> "rw";
      case UNCLEAR -> "none";
    };
  }

  /** A verdict where there is little room. */
  static String name(Verdict verdict) {
    return switch (verdict) {
      case RIGHT_FOR_RIGHT_REASONS -> "Right, looked right";
      case RIGHT_FOR_WRONG_REASONS -> "Right, looked elsewhere";
      case WRONG_BUT_LOOKED_RIGHT -> "Wrong, looked right";
      case WRONG_AND_LOOKED_ELSEWHERE -> "Wrong, looked elsewhere";
      case NO_REGION -> "No region";
      case EMPTY_MAP -> "Empty map";
    };
  }

  /** Which of the page's colours a verdict has; null is none. */
  static String tone(Verdict verdict) {
    if (verdict == null) {
      return "none";
    }
    return switch (verdict) {
      case RIGHT_FOR_RIGHT_REASONS -> "rr";
      case RIGHT_FOR_WRONG_REASONS -> "rw";
      case WRONG_BUT_LOOKED_RIGHT -> "wr";
      case WRONG_AND_LOOKED_ELSEWHERE -> "we";
      case NO_REGION, EMPTY_MAP -> "none";
    };
  }

  /** {@code NOT_AN_IMAGE} as {@code not an image}. */
  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
