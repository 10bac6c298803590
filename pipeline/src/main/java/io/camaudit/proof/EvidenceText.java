package io.camaudit.proof;

import io.camaudit.stats.FlagText;
import io.camaudit.stats.Rate;
import io.camaudit.stats.RateChange;
import java.util.Locale;

/** What a level says to its reader, with its numbers. */
final class EvidenceText {
  private final Tested tested;
  private final EvidenceRules rules;

  EvidenceText(Tested tested, EvidenceRules rules) {
    this.tested = tested;
    this.rules = rules;
  }

  String confirmed(double adjusted, int tests) {
    boolean empty = tested.isWhatEmptyImagesBecome(rules);
    return text(
        "%s is recognised by something off its object: it is still predicted in %s; of the other"
            + " classes' images %s are, and of those that are not %s become it%s. With the object"
            + " alone it is still predicted in %s; with as much filled in elsewhere in %s%s (adjusted"
            + " p %s over %d classes).",
        name(),
        rate(tested.without(), "images without the object"),
        plain(tested.rest()),
        tested.became() == null ? "none" : plain(tested.became()),
        empty ? ", but" + backgrounds() : "",
        rate(tested.alone(), "images"),
        before(tested.alonePair()),
        empty || tested.isLostAlone(rules) ? "" : "; but" + backgrounds(),
        FlagText.probability(adjusted),
        tests);
  }

  /** What tells a class that is recognised by its background where other variants do not. */
  private String backgrounds() {
    return text(
        " its objects are it in %s on backgrounds of its own class and in %s on those of others",
        plain(tested.backgrounds().after()), plain(tested.backgrounds().before()));
  }

  /** What backgrounds add, of a class of any level. */
  String background(double adjusted, int tests) {
    return text(
        "Its background counts: %s is still predicted in %s images on backgrounds of its own class, and"
            + " in %s on those of others (adjusted p %s over %d classes).",
        name(),
        plain(tested.backgrounds().after()),
        plain(tested.backgrounds().before()),
        FlagText.probability(adjusted),
        tests);
  }

  String refuted(double adjusted, int tests) {
    return text(
        "%s is recognised by its object: it is still predicted in only %s, and with the object"
            + " alone in %s; with as much filled in elsewhere in %s (adjusted p %s over %d"
            + " classes).",
        name(),
        rate(tested.without(), "images without the object"),
        rate(tested.alone(), "images"),
        before(tested.withoutPair()),
        FlagText.probability(adjusted),
        tests);
  }

  String undecided() {
    if (tested.without() == null) {
      return text("%s: no image of it could be shown without its object.", name());
    }
    return text(
        "%s: it is still predicted in %s%s%s.",
        name(),
        rate(tested.without(), "images without the object"),
        tested.alone() == null
            ? ""
            : text(", with the object alone in %s", rate(tested.alone(), "images")),
        tested.control() == null
            ? ""
            : text("; with as much filled in elsewhere in %s", plain(tested.control())));
  }

  /** What would decide an undecided class. */
  String decide() {
    if (tested.without() == null) {
      return "Regions of its objects would decide it.";
    }
    if (tested.control() == null) {
      return "Regions that leave room beside them would decide it: in no image could as much be"
          + " filled in elsewhere.";
    }
    if (tested.rest() == null) {
      return "Another class to compare with, or more images, would decide it.";
    }
    if (tested.control().value() < 0.5) {
      return "Filling in as much anywhere loses the prediction, so losing it says nothing: another"
          + " fill, or images with smaller objects, would decide it.";
    }
    int times = tested.multiple(rules);
    if (times > 0) {
      return text(
          "About %d images of the class would decide it, if the shares stay as they are.",
          times * tested.without().of());
    }
    boolean stays = tested.without().value() >= rules.leastGap();
    if (stays && tested.isWhatEmptyImagesBecome(rules)) {
      return text(
          "Of the other classes' images that are not theirs without their object, %s become this"
              + " class, so staying it says little: the change of backgrounds says more.",
          plain(tested.became()));
    }
    boolean enough = tested.alone() != null && tested.alone().value() > rules.leastKeptAlone();
    if (stays && enough) {
      return "The object and what lies around it seem to be enough each: see in the strips whether"
          + " the regions leave parts of the object; larger ones would decide it.";
    }
    if (!stays && !enough) {
      return "It seems to need both the object and what lies around it: the change of backgrounds"
          + " says how much.";
    }
    return "Some of its images stay and some do not: see in the strips which; regions or labels of"
        + " these groups would decide it.";
  }

  private String name() {
    return tested.classRef().name();
  }

  private static String rate(Rate rate, String of) {
    return text(
        "%d of %d %s (%s, 95 %% interval %s to %s)",
        rate.count(),
        rate.of(),
        of,
        FlagText.percent(rate.value()),
        FlagText.percent(rate.low()),
        FlagText.percent(rate.high()));
  }

  private static String before(RateChange pair) {
    return plain(pair.before());
  }

  private static String plain(Rate rate) {
    return text("%d of %d", rate.count(), rate.of());
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
