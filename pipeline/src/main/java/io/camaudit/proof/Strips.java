package io.camaudit.proof;

import io.camaudit.report.ClassRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Which images show best what a class's variants say. An image's score is how much more probable
 * the class is without the object than with the object alone, −1 to 1; without these variants, how
 * much less probable it is without the hot spot than in the untouched picture. Most telling are the
 * greatest scores if their mean is positive. Else it is the object that counts, and most telling
 * are the least scores, after what an image loses by a background of another class in place of one
 * of its own is subtracted: images that need their background come first. Ties by name.
 */
final class Strips {
  private final ImageAnswers answers;
  private final IntFunction<ClassRef> classes;

  /** An image's answers and its score. */
  private record Scored(String image, Map<Variant, VariantAnswer> answers, double score) {}

  Strips(ImageAnswers answers, IntFunction<ClassRef> classes) {
    this.answers = answers;
    this.classes = classes;
  }

  /** Images that have a picture of themselves and of a variant, the most telling first. */
  List<Strip> mostTelling(int limit) {
    List<Strip> strips = new ArrayList<>();
    for (Scored scored : ranked(answers)) {
      String original = original(scored.answers());
      List<Strip.Frame> frames =
          scored.answers().values().stream()
              .filter(answer -> answer.picture() != null)
              .map(this::frame)
              .toList();
      if (strips.size() < limit && original != null && !frames.isEmpty()) {
        VariantAnswer any = scored.answers().values().iterator().next();
        strips.add(
            new Strip(
                scored.image(),
                original,
                classes.apply(any.predictedBefore()),
                any.probabilityBefore(),
                frames));
      }
    }
    return strips;
  }

  private Strip.Frame frame(VariantAnswer answer) {
    return new Strip.Frame(
        answer.variant(),
        answer.donor(),
        answer.picture(),
        classes.apply(answer.predicted()),
        answer.kept(),
        answer.probability());
  }

  private static String original(Map<Variant, VariantAnswer> ofImage) {
    return ofImage.values().stream()
        .map(VariantAnswer::original)
        .filter(path -> path != null)
        .findFirst()
        .orElse(null);
  }

  /** Names of all images, the most telling first. */
  static Stream<String> names(ImageAnswers answers) {
    return ranked(answers).stream().map(Scored::image);
  }

  private static List<Scored> ranked(ImageAnswers answers) {
    List<Scored> scored = new ArrayList<>();
    answers.byImage().forEach((image, all) -> scored.add(new Scored(image, all, score(all))));
    double sum = scored.stream().mapToDouble(Scored::score).filter(s -> !Double.isNaN(s)).sum();
    Comparator<Scored> ascending =
        Comparator.comparingDouble(
            s -> sum > 0 ? -s.score() : s.score() - lostByBackground(s.answers()));
    // NaN, an image without the two variants, sorts last either way. Equal ones stay by name.
    scored.sort(ascending);
    return scored;
  }

  /** In 0..1; 0 without the two variants. */
  private static double lostByBackground(Map<Variant, VariantAnswer> all) {
    VariantAnswer same = all.get(Variant.SAME_BACKGROUND);
    VariantAnswer other = all.get(Variant.OTHER_BACKGROUND);
    return same == null || other == null
        ? 0
        : Math.max(0, same.probability() - other.probability());
  }

  private static double score(Map<Variant, VariantAnswer> all) {
    VariantAnswer out = all.get(Variant.OBJECT_OUT);
    VariantAnswer alone = all.get(Variant.ONLY_OBJECT);
    VariantAnswer cold = all.get(Variant.HOT_SPOT_OUT);
    if (out != null && alone != null) {
      return out.probability() - alone.probability();
    }
    return cold == null ? Double.NaN : cold.probabilityBefore() - cold.probability();
  }
}
