package io.camaudit.image;

import io.camaudit.image.ImageException.Reason;
import java.awt.color.CMMException;
import java.awt.color.ProfileDataException;
import java.awt.image.ImagingOpException;
import java.awt.image.RasterFormatException;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.util.ConcurrentModificationException;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/**
 * The line between other people's decoders and this program. They meet broken files with whatever
 * they stumble over; only what is thrown behind this line is the file's fault. An exception of the
 * program's own is none and passes.
 */
final class ForeignDecoder {
  private ForeignDecoder() {}

  /** A call of somebody else's decoder, and nothing beside it. */
  @FunctionalInterface
  interface Call<T> {
    T call() throws IOException;
  }

  /**
   * Calls a decoder.
   *
   * @throws ImageException CORRUPT, UNSUPPORTED or TOO_LARGE, by what it throws
   */
  static <T> T call(ImageFormat format, Call<T> call) throws ImageException {
    try {
      return call.call();
    } catch (OutOfMemoryError | TFResourceExhaustedException e) {
      throw tooLarge(format, e);
    } catch (StackOverflowError e) {
      // The stack is whole again where this is caught: nothing of ours was under way in between.
      throw corrupt(format, e);
    } catch (IOException e) {
      throw refused(format, e);
    } catch (RuntimeException e) {
      if (!isAboutData(e)) {
        throw e;
      }
      throw refused(format, e);
    }
  }

  /**
   * Whether a decoder throws such an exception when data are not as it expects them. What is left
   * says something of the program or the machine: a plug-in that is missing, a session that is
   * closed, permission.
   */
  static boolean isAboutData(RuntimeException e) {
    return e instanceof IndexOutOfBoundsException
        || e instanceof NegativeArraySizeException
        || e instanceof IllegalArgumentException
        || e instanceof ArithmeticException
        || e instanceof NullPointerException
        || e instanceof ClassCastException
        || e instanceof ArrayStoreException
        || e instanceof BufferUnderflowException
        || e instanceof BufferOverflowException
        || e instanceof UnsupportedOperationException
        || e instanceof NoSuchElementException
        || e instanceof ConcurrentModificationException
        || e instanceof RasterFormatException
        || e instanceof ImagingOpException
        || e instanceof CMMException
        || e instanceof ProfileDataException
        || e instanceof TFInvalidArgumentException;
  }

  private static ImageException refused(ImageFormat format, Exception e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("unsupported") || message.contains("not supported")) {
      return new ImageException(
          Reason.UNSUPPORTED,
          String.format(Locale.ROOT, "this kind of %s is not decoded", format.displayName()),
          e);
    }
    return corrupt(format, e);
  }

  /** Memory that ends is told alike, whosever code asks for it. */
  static ImageException tooLarge(ImageFormat format, Throwable e) {
    return new ImageException(
        Reason.TOO_LARGE,
        String.format(
            Locale.ROOT,
            "the %s takes more memory than there is; CAMAUDIT_HEAP gives more",
            format.displayName()),
        e);
  }

  private static ImageException corrupt(ImageFormat format, Throwable e) {
    return new ImageException(
        Reason.CORRUPT,
        String.format(Locale.ROOT, "the %s is broken or cut off", format.displayName()),
        e);
  }
}
