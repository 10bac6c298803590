package io.camaudit.image;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifTiffHandler;
import java.io.IOException;
import java.util.Set;

/**
 * EXIF orientations: the numbers 1 to 8 that say where a stored picture's first row and column go.
 */
final class Orientation {
  /** The first row is the top, the first column the left side: nothing to do. */
  static final int UPRIGHT = 1;

  private Orientation() {}

  /**
   * The orientation that a block of EXIF data (a TIFF structure) states.
   *
   * @return 1 to 8; 1 where it states none or cannot be read, since a broken note about a picture
   *     does not make the picture broken
   */
  static int ofExif(byte[] bytes, int offset) {
    Metadata metadata = new Metadata();
    try {
      new TiffReader()
          .processTiff(new ByteArrayReader(bytes, offset), new OrientationOnly(metadata), 0);
    } catch (IOException | TiffProcessingException | RuntimeException e) {
      return UPRIGHT;
    }
    ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    return directory == null
        ? UPRIGHT
        : valid(directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION));
  }

  /** The number itself if it is 1 to 8, else 1. */
  static int valid(Integer orientation) {
    return orientation != null && orientation >= 1 && orientation <= 8 ? orientation : UPRIGHT;
  }

  /**
   * The stored picture turned and mirrored so that it is upright.
   *
   * <p>In words of EXIF 2.32, section 4.6.4 (A), what the stored row 0 and column 0 are: 1 top and
   * left, 2 top and right, 3 bottom and right, 4 bottom and left, 5 left and top, 6 right and top,
   * 7 right and bottom, 8 left and bottom.
   */
  static RgbImage apply(int orientation, RgbImage stored) {
    if (orientation == UPRIGHT) {
      return stored;
    }
    Turning turning = new Turning(orientation, stored.width(), stored.height());
    for (int y = 0; y < stored.height(); y++) {
      turning.row(y, stored.rgb(), 3 * y * stored.width());
    }
    return turning.upright();
  }

  /** Turns a picture row by stored row, so that only the upright one need be there as a whole. */
  static final class Turning {
    private final int storedWidth;
    private final int width;
    private final int height;
    private final byte[] to;

    /**
     * Where the stored picture's first pixel goes, and by how many bytes its next ones lie apart.
     */
    private final int first;

    private final int right;
    private final int down;

    Turning(int orientation, int storedWidth, int storedHeight) {
      boolean swapped = orientation >= 5;
      boolean flipX = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
      boolean flipY = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
      this.storedWidth = storedWidth;
      width = swapped ? storedHeight : storedWidth;
      height = swapped ? storedWidth : storedHeight;
      int columnBytes = swapped ? 3 * width : 3;
      int rowBytes = swapped ? 3 : 3 * width;
      right = flipX ? -columnBytes : columnBytes;
      down = flipY ? -rowBytes : rowBytes;
      first =
          (flipX ? columnBytes * (storedWidth - 1) : 0)
              + (flipY ? rowBytes * (storedHeight - 1) : 0);
      to = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    }

    /** Takes the stored row {@code y}, which begins at {@code in} in {@code from}. */
    void row(int y, byte[] from, int in) {
      int out = first + y * down;
      for (int x = 0, i = in; x < storedWidth; x++, i += 3, out += right) {
        to[out] = from[i];
        to[out + 1] = from[i + 1];
        to[out + 2] = from[i + 2];
      }
    }

    /** The upright picture, once all rows are there. */
    RgbImage upright() {
      return new RgbImage(width, height, to);
    }
  }

  /** Reads one tag of the first directory and enters nothing else: no maker notes, no thumbnail. */
  private static final class OrientationOnly extends ExifTiffHandler {
    OrientationOnly(Metadata metadata) {
      super(metadata, null, 0);
    }

    @Override
    public boolean tryEnterSubIfd(int tagId) {
      return false;
    }

    @Override
    public boolean hasFollowerIfd() {
      return false;
    }

    @Override
    public boolean customProcessTag(
        int tagOffset,
        Set<Integer> processedIfdOffsets,
        int tiffHeaderOffset,
        RandomAccessReader reader,
        int tagId,
        int byteCount) {
      return tagId != ExifIFD0Directory.TAG_ORIENTATION; // true: no further processing
    }
  }
}
