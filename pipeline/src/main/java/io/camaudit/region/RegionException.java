package io.camaudit.region;

/**
 * Regions that cannot be read. The message is one sentence for the user: which file, where, why.
 */
public final class RegionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RegionException(String message) {
    super(message);
  }

  public RegionException(String message, Throwable cause) {
    super(message, cause);
  }
}
