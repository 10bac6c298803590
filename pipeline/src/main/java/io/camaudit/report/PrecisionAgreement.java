package io.camaudit.report;

/**
 * How a run in another precision agrees with float32, on a uniform sample of its explained images
 * that were explained in both. Formulas: {@code io.camaudit.precision}.
 *
 * @param reference what it was compared with, {@code float32}
 * @param images that were compared
 * @param predictions images with the same first prediction
 * @param verdicts images with the same verdict, of those that have one in either; null if none has
 * @param maps whose differences follow: each image's first, where both explain the same class
 * @param peaks maps whose greatest cell is the same one, of those with something positive in
 *     either; null if none has
 * @param medianMapDifference median over the maps of the greatest difference of a cell, as a share
 *     of the float32 map's greatest magnitude; null without maps
 * @param worstMapDifference the greatest of them; null without maps
 * @param worstImage whose map that is; null without maps
 * @param seconds that the check took
 */
public record PrecisionAgreement(
    String reference,
    long images,
    Share predictions,
    Share verdicts,
    long maps,
    Share peaks,
    Double medianMapDifference,
    Double worstMapDifference,
    String worstImage,
    Double seconds) {

  /**
   * A share of the compared that are the same, with its 95 % Wilson interval.
   *
   * @param same how many
   * @param of at least 1
   * @param value same / of
   * @param low lower end of the interval
   * @param high upper end of the interval
   */
  public record Share(long same, long of, double value, double low, double high) {}

  /** The same, with the time that it took. */
  public PrecisionAgreement after(double newSeconds) {
    return new PrecisionAgreement(
        reference,
        images,
        predictions,
        verdicts,
        maps,
        peaks,
        medianMapDifference,
        worstMapDifference,
        worstImage,
        newSeconds);
  }
}
