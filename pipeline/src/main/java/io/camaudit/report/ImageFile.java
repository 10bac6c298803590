package io.camaudit.report;

/**
 * The file behind a report.
 *
 * @param format by content, such as {@code JPEG}; null if it was not recognised
 * @param width of the picture as it is looked at (EXIF orientation applied); null if unknown
 * @param height likewise
 * @param orientation EXIF orientation, 1 to 8; null if unknown
 * @param bytes length
 * @param sha256 of the bytes, in hex
 * @param properties null if the picture was not decoded
 */
public record ImageFile(
    String format,
    Integer width,
    Integer height,
    Integer orientation,
    Long bytes,
    String sha256,
    ImageProperties properties) {

  /** A file of which no more is known than this. */
  public static ImageFile undecoded(long bytes, String sha256) {
    return new ImageFile(null, null, null, null, bytes, sha256, null);
  }
}
