package io.camaudit.region;

/** A value that is not what its place wants: costs the item that it belongs to. */
final class BadValue extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A sentence without the file and without the full stop. */
  BadValue(String message) {
    super(message);
  }
}
