package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.camaudit.image.ImageException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.util.ConcurrentModificationException;
import java.util.List;
import javax.imageio.IIOException;
import org.junit.jupiter.api.Test;

/** What is the file's fault and what is ours. */
final class ForeignDecoderTest {
  @Test
  void whatDecodersStumbleOverIsTheFilesFault() {
    List<Exception> thrown =
        List.of(
            new EOFException(),
            new IIOException("bad"),
            new ArrayIndexOutOfBoundsException(7),
            new NegativeArraySizeException(),
            new NullPointerException(),
            new IllegalArgumentException("bad"),
            new ConcurrentModificationException());
    for (Exception each : thrown) {
      assertThat(reason(each)).as(each.toString()).isEqualTo(Reason.CORRUPT);
    }
    assertThat(reason(new IIOException("Unsupported compression"))).isEqualTo(Reason.UNSUPPORTED);
  }

  @Test
  void memoryAndStackThatRunOutHaveAReason() {
    assertThat(reason(new OutOfMemoryError())).isEqualTo(Reason.TOO_LARGE);
    assertThat(reason(new StackOverflowError())).isEqualTo(Reason.CORRUPT);
  }

  /** A session that is closed, a plug-in that is missing, a class that is: none of the file's. */
  @Test
  void theRestPassesAsItIs() {
    IllegalStateException ours = new IllegalStateException("the session is closed");
    assertThatThrownBy(() -> ForeignDecoder.call(ImageFormat.GIF, () -> fail(ours))).isSameAs(ours);
    NoClassDefFoundError error = new NoClassDefFoundError("gone");
    assertThatThrownBy(() -> ForeignDecoder.call(ImageFormat.GIF, () -> fail(error)))
        .isSameAs(error);
  }

  /** Even of a kind that decoders throw: where it comes from decides. */
  @Test
  void whatTheWorkOnAPictureThrowsIsNeverTheFilesFault() {
    IndexOutOfBoundsException ours = new IndexOutOfBoundsException("ours");
    try (ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults(), true)) {
      assertThatThrownBy(
              () ->
                  decoder.decode(
                      Fixtures.bytes("rgb.jpg"),
                      picture -> {
                        throw ours;
                      }))
          .isSameAs(ours);
    }
  }

  private static Reason reason(Throwable thrown) {
    return catchThrowableOfType(
            ImageException.class, () -> ForeignDecoder.call(ImageFormat.TIFF, () -> fail(thrown)))
        .reason();
  }

  private static Object fail(Throwable thrown) throws IOException {
    if (thrown instanceof IOException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    throw (RuntimeException) thrown;
  }
}
