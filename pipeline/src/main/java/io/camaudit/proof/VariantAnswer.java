package io.camaudit.proof;

/**
 * The model's answer to one variant beside its answer to the untouched picture.
 *
 * @param image name of the image that was changed; of a {@link Variant#TRANSPLANT} the receiver
 * @param donor name of the image that gave a background or a patch; null for other variants
 * @param classIndex the class under proof, an output of the model
 * @param predictedBefore first prediction for the untouched picture, an output of the model
 * @param logitBefore of the class under proof, for the untouched picture
 * @param probabilityBefore likewise, 0 to 1
 * @param predicted first prediction for the variant
 * @param logit of the class under proof, for the variant
 * @param probability likewise, 0 to 1
 * @param picture path of the variant's picture in the run's folder; null if none was kept
 * @param original path of the untouched picture, the square as the model sees it, in the run's
 *     folder; null if none was kept
 */
public record VariantAnswer(
    String image,
    String donor,
    int classIndex,
    Variant variant,
    int predictedBefore,
    double logitBefore,
    double probabilityBefore,
    int predicted,
    double logit,
    double probability,
    String picture,
    String original) {

  /** The same with pictures, by their paths in the run's folder. */
  public VariantAnswer with(String newPicture, String newOriginal) {
    return new VariantAnswer(
        image,
        donor,
        classIndex,
        variant,
        predictedBefore,
        logitBefore,
        probabilityBefore,
        predicted,
        logit,
        probability,
        newPicture,
        newOriginal);
  }

  /** Whether the model calls the variant the class under proof. */
  public boolean kept() {
    return predicted == classIndex;
  }

  /**
   * Whether it says anything of keeping or becoming the class: a variant of an image that the model
   * calls the class untouched, or a transplant onto one that it does not.
   */
  public boolean counts() {
    return (predictedBefore == classIndex) != (variant == Variant.TRANSPLANT);
  }
}
