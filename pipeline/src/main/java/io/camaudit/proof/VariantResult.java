package io.camaudit.proof;

import io.camaudit.stats.MeanChange;
import io.camaudit.stats.Rate;
import io.camaudit.stats.RateChange;

/**
 * What became of a class's images under one variant.
 *
 * @param kept share of the variants that the model calls the class: of {@link Variant#TRANSPLANT}
 *     images of other classes that became it, of all others images that stayed it
 * @param logit of the class, from the untouched pictures to the variants
 * @param probability likewise
 * @param againstControl kept, from the control (before) to the variant (after), over the images
 *     that have both; null for a variant without a control, or if no image has both
 */
public record VariantResult(
    Rate kept, MeanChange logit, MeanChange probability, RateChange againstControl) {}
