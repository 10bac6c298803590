package io.camaudit.report;

/**
 * One map of an image: one method, one layer, one target.
 *
 * @param method the exported method, such as {@code gradcam}
 * @param target the explained class
 * @param versus the class rather than which it was explained, by the difference of their logits;
 *     null for none
 * @param why the reason it was chosen
 * @param score the target's logit, less that of {@code versus}; null where it is not finite
 * @param status OK, EMPTY_MAP or NOT_FINITE, of this map alone
 * @param overlay path of the picture, relative to the run's directory; null if none was written
 * @param attention null unless the status is OK
 * @param region null without regions for the image, or unless the status is OK
 */
public record Explanation(
    String method,
    String layer,
    ClassRef target,
    ClassRef versus,
    TargetReason why,
    Float score,
    ImageStatus status,
    RawMap map,
    String overlay,
    Attention attention,
    RegionFit region) {

  /** An explanation of the target alone. */
  public Explanation(
      String method,
      String layer,
      ClassRef target,
      TargetReason why,
      Float score,
      ImageStatus status,
      RawMap map,
      String overlay,
      Attention attention,
      RegionFit region) {
    this(method, layer, target, null, why, score, status, map, overlay, attention, region);
  }

  /** The same with a picture. */
  public Explanation withOverlay(String path) {
    return new Explanation(
        method, layer, target, versus, why, score, status, map, path, attention, region);
  }

  /** What is explained, for readers: {@code balloon}, or {@code balloon rather than fish}. */
  public String targetName() {
    return versus == null ? target.name() : target.name() + " rather than " + versus.name();
  }
}
