package io.camaudit.proof;

/**
 * How far a class's suspicion is proved.
 *
 * @param sentence the level in plain words, with the numbers behind it
 * @param decide what would decide it; null of a level other than undecided
 * @param background that objects of the class are lost on backgrounds of other classes, with the
 *     numbers; null where the gap is less than {@code leastGap} or may be chance
 * @param confirming p-value of all that confirmed asks for together; null if it could not be tested
 * @param adjustedConfirming after Benjamini–Hochberg over the classes that were tested
 * @param refuting p-value of all that refuted asks for together; null likewise
 * @param adjustedRefuting likewise
 * @param adjustedGap p-value of the background gap after Benjamini–Hochberg over the classes that
 *     have one; null of others
 */
public record Evidence(
    EvidenceLevel level,
    String sentence,
    String decide,
    String background,
    Double confirming,
    Double adjustedConfirming,
    Double refuting,
    Double adjustedRefuting,
    Double adjustedGap) {
  /**
   * What is to be said of the background beside the level; null if nothing is. Of a confirmed class
   * its own sentence says more.
   */
  public String besides() {
    return level == EvidenceLevel.CONFIRMED ? null : background;
  }
}
