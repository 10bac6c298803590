package io.camaudit.explain;

import io.camaudit.Sha256;
import io.camaudit.UserException;
import io.camaudit.image.DecodedImage;
import io.camaudit.image.ImageDecoder;
import io.camaudit.image.ImageException;
import io.camaudit.image.ImageFormat;
import io.camaudit.image.JpegQuality;
import io.camaudit.image.RgbImage;
import io.camaudit.measure.PropertyMeasure;
import io.camaudit.measure.RegionMask;
import io.camaudit.region.PhotoFrame;
import io.camaudit.region.Region;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageStatus;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.ExplainableModel;
import io.camaudit.savedmodel.InputBatch;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.ModelException;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.savedmodel.Placement;
import io.camaudit.storage.FileSource;
import io.camaudit.storage.ImageReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in images: reads and decodes them, puts them into the model's batch, and finds where the
 * model ought to look in them. Safe for any number of threads, each with a batch of its own.
 */
final class ImageIntake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImageIntake.class);

  private final ExplainableModel model;
  private final ModelCard.Input input;
  private final ImageDecoder decoder;
  private final boolean orient;
  private final ImageJudge judge;
  private final OverlayWriter overlays;

  ImageIntake(
      ExplainableModel model, ExplainSettings settings, ImageJudge judge, OverlayWriter overlays) {
    this.model = model;
    this.input = model.card().input();
    this.decoder = new ImageDecoder(settings.limits(), settings.orient());
    this.orient = settings.orient();
    this.judge = judge;
    this.overlays = overlays;
  }

  /**
   * Takes in one image.
   *
   * @param position among the images that were given together
   * @param files gives the image's file next
   * @param slot of the batch that it fills
   * @throws Refusal if it cannot be read or decoded
   */
  PreparedImage take(
      int position, Subject subject, FileSource files, InputBatch batch, int slot, BatchTally tally)
      throws Refusal {
    byte[] bytes = read(subject, files);
    tally.read(bytes.length);
    String sha256 = Sha256.hex(bytes);
    ImageFile undecoded = ImageFile.undecoded(bytes.length, sha256);
    try {
      return decoder.decode(
          bytes,
          decoded -> {
            ImageFile file = file(decoded, bytes, sha256);
            fill(batch, slot, decoded.image(), tally);
            return prepared(position, subject, decoded, file, tally);
          });
    } catch (ImageException e) {
      throw subject.refuse(status(e.reason()), e.getMessage(), undecoded);
    } catch (UserException | ModelException e) {
      throw e; // about the run, not about one image
    } catch (RuntimeException | StackOverflowError e) {
      throw OwnFault.at(subject, e, undecoded);
    }
  }

  @Override
  public void close() {
    decoder.close();
  }

  private static byte[] read(Subject subject, FileSource files) throws Refusal {
    try {
      return files.next();
    } catch (ImageReader.TooLongException e) {
      throw subject.refuse(ImageStatus.TOO_LARGE, e.getMessage(), null);
    } catch (IOException e) {
      throw subject.refuse(ImageStatus.UNREADABLE, e.getMessage(), null);
    } catch (OutOfMemoryError e) {
      throw subject.refuse(
          ImageStatus.TOO_LARGE,
          "the file takes more memory than there is; CAMAUDIT_HEAP gives more",
          null);
    } catch (RuntimeException e) {
      throw OwnFault.at(subject, e, null);
    }
  }

  private void fill(InputBatch batch, int slot, RgbImage photo, BatchTally tally) {
    long start = System.nanoTime();
    model.preprocess(photo.rgb(), photo.width(), photo.height(), batch, slot);
    tally.inModelSince(start);
  }

  /**
   * What is kept of a decoded picture. Only what the overlay needs stays while the rest of the
   * batch is read: photographs may be large.
   */
  private PreparedImage prepared(
      int position, Subject subject, DecodedImage decoded, ImageFile file, BatchTally tally) {
    RgbImage photo = decoded.image();
    Placement placement = input.on(photo.width(), photo.height());
    int orientation = orient ? decoded.orientation() : 1;
    PhotoFrame frame = new PhotoFrame(photo.width(), photo.height(), orientation);
    PreparedImage.Regions region = regions(subject, frame, placement, tally);
    RgbImage base = overlays.base(photo);
    if (base == null) {
      return new PreparedImage(position, subject, file, region, null, placement);
    }
    double x = (double) base.width() / photo.width();
    double y = (double) base.height() / photo.height();
    return new PreparedImage(position, subject, file, region, base, placement.resized(x, y));
  }

  /**
   * Where the model ought to look. Of a multi-label model the classes that are asked for depend on
   * its answer; an odd annotation counts once all the same.
   */
  private PreparedImage.Regions regions(
      Subject subject, PhotoFrame frame, Placement placement, BatchTally tally) {
    if (subject.kind() != ModelKind.MULTI_LABEL) {
      Optional<RegionMask> one = region(subject, subject.known(), frame, placement, tally);
      return label -> one;
    }
    BatchTally once = new BatchTally();
    Map<Integer, Optional<RegionMask>> masks = new HashMap<>();
    return label -> {
      Optional<RegionMask> mask =
          masks.computeIfAbsent(
              label.index(), index -> region(subject, label, frame, placement, once));
      once.tellOnce(tally);
      return mask;
    };
  }

  /** Where the model ought to look, on its input; a region that cannot be read is none. */
  private Optional<RegionMask> region(
      Subject subject, ClassLabel label, PhotoFrame frame, Placement placement, BatchTally tally) {
    try {
      Optional<Region> region = judge.region(subject.ref(), label, frame);
      if (region.isPresent() && !region.get().fitsPhoto()) {
        tally.regionMisfit();
      }
      return region.flatMap(found -> found.rasterise(placement));
    } catch (UserException e) {
      LOG.warn("{} has no region: {}", subject.ref().name(), e.getMessage());
      tally.regionUnreadable();
      return Optional.empty();
    }
  }

  private static ImageFile file(DecodedImage decoded, byte[] bytes, String sha256) {
    ImageFormat format = decoded.format();
    RgbImage picture = decoded.image();
    Integer jpegQuality = format == ImageFormat.JPEG ? JpegQuality.of(bytes) : null;
    return new ImageFile(
        format.name(),
        picture.width(),
        picture.height(),
        decoded.orientation(),
        (long) bytes.length,
        sha256,
        PropertyMeasure.of(picture, jpegQuality));
  }

  private static ImageStatus status(ImageException.Reason reason) {
    return switch (reason) {
      case NOT_AN_IMAGE -> ImageStatus.NOT_AN_IMAGE;
      case CORRUPT -> ImageStatus.CORRUPT;
      case TOO_LARGE -> ImageStatus.TOO_LARGE;
      case UNSUPPORTED -> ImageStatus.UNSUPPORTED;
    };
  }
}
