package io.camaudit.image;

/** Why one file gave no picture. The message is one sentence for the person who owns the file. */
public final class ImageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What was wrong with the file. */
  public enum Reason {
    /** Its bytes are no picture of any known format. */
    NOT_AN_IMAGE,
    /** A picture of a known format that cannot be decoded to its end. */
    CORRUPT,
    /** More pixels or bytes than the limits allow. */
    TOO_LARGE,
    /** A picture that is recognised but not decoded. */
    UNSUPPORTED
  }

  private final Reason reason;

  ImageException(Reason reason, String message) {
    this(reason, message, null);
  }

  ImageException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What was wrong with the file. */
  public Reason reason() {
    return reason;
  }
}
