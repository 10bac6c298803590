package io.camaudit.image;

/** The file formats that are decoded. */
public enum ImageFormat {
  JPEG("JPEG"),
  PNG("PNG"),
  BMP("BMP"),
  GIF("GIF"),
  WEBP("WebP"),
  TIFF("TIFF");

  private final String displayName;

  ImageFormat(String displayName) {
    this.displayName = displayName;
  }

  /** The format's name as people write it. */
  public String displayName() {
    return displayName;
  }
}
