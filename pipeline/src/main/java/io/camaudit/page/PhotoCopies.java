package io.camaudit.page;

import io.camaudit.image.Colormap;
import io.camaudit.image.DecodeBudget;
import io.camaudit.image.DecodeLimits;
import io.camaudit.image.ImageDecoder;
import io.camaudit.image.ImageEncoder;
import io.camaudit.image.ImageException;
import io.camaudit.image.OverlayFormat;
import io.camaudit.image.OverlayRenderer;
import io.camaudit.image.OverlayStyle;
import io.camaudit.image.RgbImage;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Copies of the photographs that a page shows: as the model saw them turned, small, without
 * metadata. Safe for any number of threads.
 */
final class PhotoCopies implements AutoCloseable {
  /** A file of this size is shown as it is, though it has more pixels than a copy would have. */
  private static final int SMALL_FILE = 150_000;

  private static final int JPEG_QUALITY = 85;
  private static final int UPRIGHT = 1;

  /** What files that are read may take of the heap: threads that wait for them are many. */
  private static final int SHARE_OF_HEAP = 8;

  private final PhotoSource photos;
  private final boolean orient;
  private final int longestSide;
  private final DecodeBudget files =
      new DecodeBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  private Codecs codecs;

  /** TensorFlow behind both: loaded only if some photograph cannot be copied as it is. */
  private record Codecs(ImageDecoder decoder, OverlayRenderer scaler, ImageEncoder encoder) {}

  PhotoCopies(PageInput input, PageOptions options) {
    this.photos = input.photos();
    this.orient = input.orient();
    this.longestSide = options.pictureSide();
  }

  /**
   * Writes the copy.
   *
   * @return whether there is one; false if the photograph cannot be read or decoded any more
   * @throws IOException if the copy cannot be written
   */
  boolean write(ImageReport report, Path to) throws IOException {
    byte[] copy;
    try (DecodeBudget.Share share = files.open()) {
      share.take(length(report.file()));
      byte[] bytes = photos.read(report.image());
      byte[] same = asItIs(report.file(), bytes);
      copy = same == null ? smaller(bytes) : same;
    } catch (IOException | ImageException e) {
      return false;
    }
    Files.write(to, copy);
    return true;
  }

  private static long length(ImageFile file) {
    return file == null || file.bytes() == null ? 0 : file.bytes();
  }

  /**
   * A small JPEG needs no second compression: most of a page's time would go into decoding and
   * encoding what a browser shows as well as it is. Without its EXIF a browser does not turn it, so
   * it must be upright already, or be meant to stay as it is stored.
   */
  private byte[] asItIs(ImageFile file, byte[] bytes) {
    boolean fits =
        file != null
            && "JPEG".equals(file.format())
            && (!orient || Integer.valueOf(UPRIGHT).equals(file.orientation()))
            && file.width() != null
            && file.height() != null
            && (Math.max(file.width(), file.height()) <= longestSide || bytes.length <= SMALL_FILE);
    return fits ? JpegMetadata.strip(bytes) : null;
  }

  private byte[] smaller(byte[] bytes) throws ImageException {
    Codecs open = codecs();
    RgbImage small = open.decoder().decode(bytes, photo -> open.scaler().scaleDown(photo.image()));
    return open.encoder().encode(small, OverlayFormat.JPEG, JPEG_QUALITY);
  }

  private synchronized Codecs codecs() {
    if (codecs == null) {
      // Of the style only the size is used: nothing is drawn.
      OverlayStyle style =
          new OverlayStyle(Colormap.VIRIDIS, 0, OverlayFormat.JPEG, JPEG_QUALITY, longestSide);
      codecs =
          new Codecs(
              new ImageDecoder(DecodeLimits.defaults(), orient),
              new OverlayRenderer(style),
              new ImageEncoder());
    }
    return codecs;
  }

  @Override
  public synchronized void close() {
    if (codecs != null) {
      codecs.decoder().close();
      codecs.encoder().close();
    }
  }
}
