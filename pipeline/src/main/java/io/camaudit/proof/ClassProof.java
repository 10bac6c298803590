package io.camaudit.proof;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.Confusion;
import io.camaudit.stats.RateChange;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of one class's images when they were changed.
 *
 * @param flagged whether the run's statistics flag the class
 * @param images that were changed, without the receivers of transplants
 * @param variants by variant, in their order; those without an answer are left out
 * @param backgroundGap kept, from backgrounds of other classes (before) to backgrounds of the own
 *     class (after), over the images that have both; its difference is the gap. Null if there are
 *     none
 * @param withoutObject what the model calls the images without the object, the most frequent first,
 *     ties by class index; the class itself among them, and no class where a multi-label model sees
 *     none
 * @param evidence null until all classes are known
 * @param strips the most telling first, at most {@link ProofMaker#MOST_STRIPS}
 */
public record ClassProof(
    @JsonProperty("class") ClassRef classRef,
    boolean flagged,
    long images,
    Map<Variant, VariantResult> variants,
    RateChange backgroundGap,
    List<Confusion> withoutObject,
    Evidence evidence,
    List<Strip> strips) {
  public ClassProof {
    Map<Variant, VariantResult> ordered = new EnumMap<>(Variant.class);
    ordered.putAll(variants);
    variants = Collections.unmodifiableMap(ordered);
    withoutObject = List.copyOf(withoutObject);
    strips = List.copyOf(strips);
  }

  /** The same with its level. */
  ClassProof with(Evidence level) {
    return new ClassProof(
        classRef, flagged, images, variants, backgroundGap, withoutObject, level, strips);
  }
}
