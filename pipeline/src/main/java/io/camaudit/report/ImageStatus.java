package io.camaudit.report;

/** How the work on one image ended. Every matched image has exactly one status. */
public enum ImageStatus {
  /**
   * Explained; every number is finite and the first explanation has something positive in its map.
   */
  OK(false),
  /**
   * Explained, but the first explanation's map has nothing positive: no cell speaks for the target.
   */
  EMPTY_MAP(false),
  /** The model answered with NaN or infinity, so there is nothing to draw or to count. */
  NOT_FINITE(false),
  /** The bytes could not be read from storage. */
  UNREADABLE(true),
  /** The bytes are no picture, whatever the file's name says. */
  NOT_AN_IMAGE(true),
  /** A picture of a known format that cannot be decoded to its end. */
  CORRUPT(true),
  /** More pixels or bytes than the limits allow. */
  TOO_LARGE(true),
  /** A picture of a format that is recognised but not decoded. */
  UNSUPPORTED(true),
  /** A fault of this program, whatever the image is like: its reason is for who mends it. */
  INTERNAL_ERROR(true);

  private final boolean failure;

  ImageStatus(boolean failure) {
    this.failure = failure;
  }

  /** Whether the image ended without an explanation. */
  public boolean isFailure() {
    return failure;
  }
}
