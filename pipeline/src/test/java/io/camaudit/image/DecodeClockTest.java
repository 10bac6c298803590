package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.TestPictures;
import io.camaudit.image.ImageException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DecodeClockTest {
  private final DecodeClock clock = new DecodeClock(Duration.ofMillis(50));

  @Test
  void aDecoderThatDoesNotEndIsLeftBehind() throws InterruptedException {
    AtomicBoolean end = new AtomicBoolean();
    assertThatThrownBy(
            () ->
                clock.within(
                    ImageFormat.GIF,
                    () -> {
                      while (!end.get()) {
                        Thread.onSpinWait();
                      }
                      return "too late";
                    }))
        .isInstanceOfSatisfying(
            ImageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
        .hasMessage("the GIF takes more than 0.05 s to decode");
    assertThat(clock.hasLeft()).isTrue();
    end.set(true);
    while (clock.hasLeft()) {
      Thread.sleep(5);
    }
  }

  @Test
  void timeThatIsOnlyWaitedDoesNotCount() throws ImageException {
    String decoded =
        clock.within(
            ImageFormat.GIF,
            () -> {
              try {
                Thread.sleep(400);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return "picture";
            });
    assertThat(decoded).isEqualTo("picture");
  }

  @Test
  void whatTheDecoderThrowsIsThrown() {
    ImageException refusal = new ImageException(Reason.CORRUPT, "broken");
    assertThatThrownBy(
            () ->
                clock.within(
                    ImageFormat.GIF,
                    () -> {
                      throw refusal;
                    }))
        .isSameAs(refusal);
    assertThatThrownBy(
            () ->
                clock.within(
                    ImageFormat.GIF,
                    () -> {
                      throw new IllegalStateException("ours");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                clock.within(
                    ImageFormat.GIF,
                    () -> {
                      throw new OutOfMemoryError("planted");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void whoIsInterruptedStillGetsItsPicture() throws ImageException {
    Thread.currentThread().interrupt();
    assertThat(clock.<String>within(ImageFormat.GIF, () -> "picture")).isEqualTo("picture");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void allFormatsAreTimedAndMemoryIsFreeAgain() throws IOException {
    DecodeLimits limits = new DecodeLimits(20_000_000, 100 << 20, Duration.ofNanos(1));
    for (String format : new String[] {"gif", "bmp", "tif", "png", "jpg"}) {
      byte[] file = TestPictures.bytes(format, 2500, 2000, 1);
      try (ImageDecoder decoder = new ImageDecoder(limits, true)) {
        for (int i = 0; i < 3; i++) {
          assertThatThrownBy(() -> decoder.decode(file))
              .as(format)
              .isInstanceOf(ImageException.class)
              .hasMessageContaining("s to decode");
        }
      }
      try (ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults(), true)) {
        assertThat(decoder.decode(file).image().width()).isEqualTo(2500);
      } catch (ImageException e) {
        throw new AssertionError(e);
      }
    }
  }
}
