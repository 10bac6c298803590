package io.camaudit.explain;

import io.camaudit.input.ImageListing;
import io.camaudit.measure.RegionMeasure;
import io.camaudit.measure.VerdictRule;
import io.camaudit.region.RegionSource;
import java.io.Serializable;

/**
 * How maps are compared with where the model ought to look.
 *
 * @param regions annotations; null for none
 * @param manifestBoxes whether the boxes of a manifest's columns are the regions
 * @param images what annotations are matched with as a whole, so that one that fits several images
 *     is used for none; null to look each image up on its own
 * @param measure tolerance and threshold
 * @param rule when a map counts as having looked right
 */
public record JudgeSettings(
    RegionSource regions,
    boolean manifestBoxes,
    ImageListing images,
    RegionMeasure measure,
    VerdictRule rule)
    implements Serializable {
  /** No regions: attention is measured, nothing is judged. */
  public static final JudgeSettings NO_REGIONS =
      new JudgeSettings(null, false, null, RegionMeasure.DEFAULT, VerdictRule.DEFAULT);

  /** The same for a process that was started in another folder. */
  JudgeSettings absolute() {
    return new JudgeSettings(
        regions == null ? null : regions.absolute(),
        manifestBoxes,
        images == null ? null : images.absolute(),
        measure,
        rule);
  }

  /** The same images, as a run has listed them in a file. */
  public JudgeSettings listedIn(String file) {
    return images == null
        ? this
        : new JudgeSettings(regions, manifestBoxes, images.writtenTo(file), measure, rule);
  }

  /** Whether there is anything to compare with. */
  public boolean hasRegions() {
    return regions != null || manifestBoxes;
  }
}
