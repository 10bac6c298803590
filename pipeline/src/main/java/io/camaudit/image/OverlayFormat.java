package io.camaudit.image;

/** The file formats that overlays are written in. */
public enum OverlayFormat {
  /** Small; slightly lossy. */
  JPEG(".jpg"),
  /** Every pixel exact; several times larger and slower to write. */
  PNG(".png");

  private final String extension;

  OverlayFormat(String extension) {
    this.extension = extension;
  }

  /** The end of a file's name, with its dot. */
  public String extension() {
    return extension;
  }
}
