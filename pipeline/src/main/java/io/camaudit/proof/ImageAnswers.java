package io.camaudit.proof;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A class's answers by image, whatever order they came in. Left out is what says nothing of
 * keeping: variants of an image whose untouched picture the model does not call the class, and
 * transplants onto one that it does.
 */
final class ImageAnswers {
  private final SortedMap<String, Map<Variant, VariantAnswer>> byImage = new TreeMap<>();
  private final List<VariantAnswer> transplants;

  ImageAnswers(int classIndex, List<VariantAnswer> answers) {
    for (VariantAnswer answer : answers) {
      if (answer.classIndex() != classIndex) {
        throw new IllegalArgumentException("an answer of another class: " + answer);
      }
      if (answer.variant() != Variant.TRANSPLANT && answer.counts()) {
        VariantAnswer other =
            byImage
                .computeIfAbsent(answer.image(), image -> new EnumMap<>(Variant.class))
                .put(answer.variant(), answer);
        if (other != null) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT, "two answers of %s: %s", answer.image(), answer.variant().key()));
        }
      }
    }
    transplants =
        answers.stream()
            .filter(answer -> answer.variant() == Variant.TRANSPLANT && answer.counts())
            .sorted(Comparator.comparing(VariantAnswer::image).thenComparing(ImageAnswers::donor))
            .toList();
  }

  private static String donor(VariantAnswer answer) {
    return answer.donor() == null ? "" : answer.donor();
  }

  /** Images with an answer, without the receivers of transplants. */
  long images() {
    return byImage.size();
  }

  /** Each image's answers, by its name. */
  SortedMap<String, Map<Variant, VariantAnswer>> byImage() {
    return byImage;
  }

  /** All answers to a variant. */
  Stream<VariantAnswer> of(Variant variant) {
    return variant == Variant.TRANSPLANT
        ? transplants.stream()
        : byImage.values().stream()
            .filter(answers -> answers.containsKey(variant))
            .map(answers -> answers.get(variant));
  }

  /** Gives the answers to two variants of each image that has both. */
  void pairs(Variant first, Variant second, BiConsumer<VariantAnswer, VariantAnswer> use) {
    for (Map<Variant, VariantAnswer> answers : byImage.values()) {
      if (answers.containsKey(first) && answers.containsKey(second)) {
        use.accept(answers.get(first), answers.get(second));
      }
    }
  }
}
