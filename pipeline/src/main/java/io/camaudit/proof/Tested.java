package io.camaudit.proof;

import io.camaudit.report.ClassRef;
import io.camaudit.stats.PairedCounts;
import io.camaudit.stats.Rate;
import io.camaudit.stats.RateChange;
import io.camaudit.stats.Significance;
import java.util.List;

/**
 * A class's numbers that its level rests on, beside those of the other classes, with the p-values
 * of its two tests. Each is the greatest p-value of the parts that it asks for: all have to hold,
 * so no correction among them is due (an intersection–union test, Berger 1982,
 * doi:10.1080/00401706.1982.10487790).
 *
 * @param classRef the class
 * @param without kept without the object; null if no image has the variant
 * @param alone kept with the object alone; null likewise
 * @param control kept under the control; null likewise
 * @param withoutPair from the control to without the object; null if no image has both
 * @param alonePair from the control to the object alone; null likewise
 * @param rest kept without their object by the images of all other classes; null if there are none
 * @param became of those of them that lose their class without their object, how many the model
 *     calls this class; null if none loses it
 * @param backgrounds kept, from backgrounds of other classes to those of the own; null if no image
 *     has both
 */
record Tested(
    ClassRef classRef,
    Rate without,
    Rate alone,
    Rate control,
    RateChange withoutPair,
    RateChange alonePair,
    Rate rest,
    Rate became,
    RateChange backgrounds) {

  static Tested of(ClassProof proof, List<ClassProof> all) {
    VariantResult without = proof.variants().get(Variant.OBJECT_OUT);
    VariantResult alone = proof.variants().get(Variant.ONLY_OBJECT);
    VariantResult control = proof.variants().get(Variant.CONTROL);
    long kept = 0;
    long became = 0;
    long of = 0;
    for (ClassProof other : all) {
      VariantResult result = other.variants().get(Variant.OBJECT_OUT);
      if (other != proof && result != null) {
        kept += result.kept().count();
        of += result.kept().of();
        became +=
            other.withoutObject().stream()
                .filter(confusion -> proof.classRef().equals(confusion.predicted()))
                .mapToLong(confusion -> confusion.count())
                .sum();
      }
    }
    return new Tested(
        proof.classRef(),
        without == null ? null : without.kept(),
        alone == null ? null : alone.kept(),
        control == null ? null : control.kept(),
        without == null ? null : without.againstControl(),
        alone == null ? null : alone.againstControl(),
        of == 0 ? null : Rate.of(kept, of),
        of == kept ? null : Rate.of(became, of - kept),
        proof.backgroundGap());
  }

  /**
   * P-value of all that confirmed asks for: kept without the object more often than the other
   * classes are (Fisher's exact test, one-sided), {@link #ownBackground kept by what lies around
   * it}, and {@link #objectIsNotEnough not by the object wherever it is}. Null if one of these has
   * no images.
   */
  Double confirming(EvidenceRules rules) {
    return without == null || alonePair == null || rest == null ? null : confirming(rules, 1);
  }

  /**
   * P-value of all that refuted asks for: kept without the object less often than {@code
   * mostKeptWithout}, kept with the object alone more often than {@code leastKeptAlone} (exact
   * binomial tests, one-sided), and less often kept without the object than under the control
   * (McNemar's, two-sided). Null if one of these has no images.
   */
  Double refuting(EvidenceRules rules) {
    return alone == null || withoutPair == null ? null : refuting(rules, 1);
  }

  /** Whether all differences that confirmed asks for are large enough to matter. */
  boolean isLarge(EvidenceRules rules) {
    return without.value() - rest.value() >= rules.leastGap()
        && (isLostAlone(rules) || isTiedToBackgrounds(rules))
        && (isMoreThanEmpty(rules) || isTiedToBackgrounds(rules));
  }

  /** Whether the other classes' images, once nothing shows theirs, become this class as often. */
  boolean isWhatEmptyImagesBecome(EvidenceRules rules) {
    return became != null
        && (above(without, became, 1) > rules.falseDiscoveryRate() || !isMoreThanEmpty(rules));
  }

  /** Whether the object alone loses much of what the control keeps. */
  boolean isLostAlone(EvidenceRules rules) {
    return -alonePair.difference() >= rules.leastGap();
  }

  private boolean isMoreThanEmpty(EvidenceRules rules) {
    return became != null && without.value() - became.value() >= rules.leastGap();
  }

  /** Whether its objects lose much on backgrounds of other classes. */
  boolean isTiedToBackgrounds(EvidenceRules rules) {
    return backgrounds != null && backgrounds.difference() >= rules.leastGap();
  }

  /**
   * The least multiple, 2 to 20, of the images at hand with which one of the tests would decide, if
   * all shares stayed as they are and this class were the only one; 0 if there is none.
   */
  int multiple(EvidenceRules rules) {
    for (int times = 2; times <= 20; times++) {
      boolean confirmed =
          confirming(rules) != null
              && isLarge(rules)
              && confirming(rules, times) <= rules.falseDiscoveryRate();
      boolean refuted =
          refuting(rules) != null && refuting(rules, times) <= rules.falseDiscoveryRate();
      if (confirmed || refuted) {
        return times;
      }
    }
    return 0;
  }

  private double confirming(EvidenceRules rules, int times) {
    return Math.max(
        above(without, rest, times),
        Math.max(ownBackground(rules, times), objectIsNotEnough(rules, times)));
  }

  /**
   * P-value of its being kept by what lies around the object, and not because a model has to say
   * something of a picture without any: it is kept without the object more often than those of the
   * other classes' images that lose theirs become it (Fisher's exact test, one-sided); or {@link
   * #moved}, which holds for a class that empty pictures become too. Those of the other classes
   * that keep theirs without their object show something else still, and would hide it.
   */
  private double ownBackground(EvidenceRules rules, int times) {
    double empty = became == null ? 1 : above(without, became, times);
    return either(empty, isMoreThanEmpty(rules), rules, times);
  }

  /**
   * P-value of the object's not being enough: it is kept with the object alone less often than
   * under the control (McNemar's, two-sided); or {@link #moved}. With the object alone on a smooth
   * ground a model may still name a class that it drops once the ground is another class's.
   */
  private double objectIsNotEnough(EvidenceRules rules, int times) {
    return either(less(alonePair, times), isLostAlone(rules), rules, times);
  }

  /**
   * The lesser p-value of two ways to show something, of those whose difference is large enough,
   * doubled where there are two (Bonferroni); the second is {@link #moved}.
   */
  private double either(double first, boolean firstIsLarge, EvidenceRules rules, int times) {
    if (backgrounds == null) {
      return first;
    }
    boolean tied = isTiedToBackgrounds(rules);
    double moved = tied ? moved(times) : 1;
    return Math.min(1, 2 * Math.min(firstIsLarge || !tied ? first : 1, moved));
  }

  /**
   * P-value of its objects' being kept less often on backgrounds of other classes than on those of
   * its own (McNemar's, two-sided). Null if no image has both.
   */
  Double moved() {
    return backgrounds == null ? null : (Double) moved(1);
  }

  private double moved(int times) {
    return more(backgrounds, times);
  }

  private double refuting(EvidenceRules rules, int times) {
    double gone =
        Significance.binomialBelow(
            times * without.count(), times * without.of(), rules.mostKeptWithout());
    double stays =
        Significance.binomialBelow(
            times * (alone.of() - alone.count()), times * alone.of(), 1 - rules.leastKeptAlone());
    return Math.max(less(withoutPair, times), Math.max(gone, stays));
  }

  private static double above(Rate own, Rate rest, int times) {
    return Significance.fisherBelow(rest.count(), rest.of(), times * own.count(), times * own.of());
  }

  /** Of McNemar's test that the second is less often kept; 1 if it is kept as often or more. */
  private static double less(RateChange pair, int times) {
    return pair.difference() >= 0 ? 1 : mcNemar(pair, times);
  }

  /** The same the other way round. */
  private static double more(RateChange pair, int times) {
    return pair.difference() <= 0 ? 1 : mcNemar(pair, times);
  }

  private static double mcNemar(RateChange pair, int times) {
    return new PairedCounts(0, times * pair.lost(), times * pair.gained(), 0).change().pValue();
  }
}
