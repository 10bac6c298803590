package io.camaudit.explain;

import io.camaudit.measure.RegionMask;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.ModelKind;
import java.util.Optional;

/**
 * Whose region what is explained of an image is compared with: the label's, of a multi-label model
 * that of the explained class itself.
 */
record TargetRegions(ModelKind kind, ClassIndex classes) {
  /**
   * @param target index of the class that is explained
   */
  Optional<RegionMask> of(PreparedImage image, int target) {
    ClassLabel whose =
        kind == ModelKind.MULTI_LABEL ? classes.label(target) : image.subject().known();
    return image.region().of(whose);
  }
}
