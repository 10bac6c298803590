package io.camaudit.page;

import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies of the photographs that a page shows: upright, small, without metadata. */
final class PhotoCopies {
  /** A file of this size is shown as it is, though it has more pixels than a copy would have. */
  private static final int SMALL_FILE = 150_000;

  private static final int UPRIGHT = 1;

  private final PhotoSource photos;
  private final int longestSide;

  PhotoCopies(PhotoSource photos, int longestSide) {
    this.photos = photos;
    this.longestSide = longestSide;
  }

  /**
   * Writes the copy.
   *
   * @return whether there is one; false if the photograph cannot be read or decoded any more
   */
  boolean write(ImageReport report, Path to) throws IOException {
    byte[] copy;
    try {
      byte[] bytes = photos.read(report.image());
      copy = asItIs(report.file(), bytes);
      if (copy == null) {
        copy = Thumbnail.jpeg(bytes, longestSide);
      }
    } catch (IOException e) {
      return false;
    }
    if (copy == null) {
      return false;
    }
    Files.write(to, copy);
    return true;
  }

  /**
   * An upright small JPEG needs no second compression: most of a page's time would go into decoding
   * and encoding what a browser shows as well as it is.
   */
  private byte[] asItIs(ImageFile file, byte[] bytes) {
    boolean fits =
        file != null
            && "JPEG".equals(file.format())
            && (file.orientation() == null || file.orientation() == UPRIGHT)
            && file.width() != null
            && file.height() != null
            && (Math.max(file.width(), file.height()) <= longestSide || bytes.length <= SMALL_FILE);
    return fits ? JpegMetadata.strip(bytes) : null;
  }
}
