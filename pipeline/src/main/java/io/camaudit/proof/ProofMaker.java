package io.camaudit.proof;

import io.camaudit.report.ClassRef;
import io.camaudit.stats.Confusion;
import io.camaudit.stats.PairedCounts;
import io.camaudit.stats.PairedNumbers;
import io.camaudit.stats.Rate;
import io.camaudit.stats.RateChange;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Counts what became of one class's images. */
public final class ProofMaker {
  /** Strips in {@code proof.json}, a class. */
  public static final int MOST_STRIPS = 6;

  private final ImageAnswers answers;
  private final IntFunction<ClassRef> classes;

  private ProofMaker(ImageAnswers answers, IntFunction<ClassRef> classes) {
    this.answers = answers;
    this.classes = classes;
  }

  /**
   * The class's numbers, without its level. Left out are variants of images whose untouched picture
   * the model does not call the class, and transplants onto images that it does.
   *
   * @param classIndex the class under proof, an output of the model
   * @param classes the model's classes by their index
   * @param flagged whether the run's statistics flag the class
   * @param answers to the class's variants, in any order; the order changes nothing
   * @throws IllegalArgumentException if an image has two answers to a variant other than the
   *     transplant, or an answer is of another class
   */
  public static ClassProof of(
      int classIndex, IntFunction<ClassRef> classes, boolean flagged, List<VariantAnswer> answers) {
    ImageAnswers byImage = new ImageAnswers(classIndex, answers);
    ProofMaker maker = new ProofMaker(byImage, classes);
    return new ClassProof(
        classes.apply(classIndex),
        flagged,
        byImage.images(),
        maker.variants(),
        maker.kept(Variant.OTHER_BACKGROUND, Variant.SAME_BACKGROUND),
        maker.withoutObject(),
        null,
        new Strips(byImage, classes).mostTelling(MOST_STRIPS));
  }

  /**
   * Names of a class's images, the most telling first, for a caller that keeps pictures of some.
   *
   * @param answers to the class's variants, in any order
   */
  public static List<String> mostTelling(int classIndex, List<VariantAnswer> answers) {
    return Strips.names(new ImageAnswers(classIndex, answers)).toList();
  }

  private Map<Variant, VariantResult> variants() {
    Map<Variant, VariantResult> results = new EnumMap<>(Variant.class);
    for (Variant variant : Variant.values()) {
      List<VariantAnswer> all = answers.of(variant).toList();
      if (!all.isEmpty()) {
        results.put(variant, result(variant, all));
      }
    }
    return results;
  }

  private VariantResult result(Variant variant, List<VariantAnswer> all) {
    PairedNumbers logits = new PairedNumbers();
    PairedNumbers probabilities = new PairedNumbers();
    for (VariantAnswer answer : all) {
      logits.add(answer.logitBefore(), answer.logit());
      probabilities.add(answer.probabilityBefore(), answer.probability());
    }
    return new VariantResult(
        Rate.of(all.stream().filter(VariantAnswer::kept).count(), all.size()),
        logits.change(),
        probabilities.change(),
        variant.control() == null ? null : kept(variant.control(), variant));
  }

  /** From one variant to another, over the images that have both; null if there are none. */
  private RateChange kept(Variant from, Variant to) {
    PairedCounts[] counts = {PairedCounts.NONE};
    answers.pairs(from, to, (a, b) -> counts[0] = counts[0].plus(a.kept(), b.kept()));
    return counts[0].change();
  }

  private List<Confusion> withoutObject() {
    Map<Integer, Long> counts =
        answers
            .of(Variant.OBJECT_OUT)
            .map(VariantAnswer::predicted)
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    double all = counts.values().stream().mapToLong(Long::longValue).sum();
    // Sorting keeps the order of equal ones, which is that of the classes.
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(e -> new Confusion(classes.apply(e.getKey()), e.getValue(), e.getValue() / all))
        .toList();
  }
}
