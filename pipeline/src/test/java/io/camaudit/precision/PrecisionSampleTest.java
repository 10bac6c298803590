package io.camaudit.precision;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.report.ImageReport;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrecisionSampleTest {
  /** In the order of {@code printf %s NAME | sha256sum}. */
  private static final List<String> BY_HASH =
      List.of("é.png", "dog/2.jpg", "cat/1.jpg", "cat/2.jpg", "dog/1.jpg");

  private static final ImageReport BROKEN = Reports.failure("broken.jpg");

  @Test
  void theLeastHashesAreKeptWhateverTheOrder() {
    List<ImageReport> reports =
        new java.util.ArrayList<>(
            BY_HASH.stream().map(name -> Reports.of(name, 0, null, 0, new float[] {1})).toList());
    reports.add(BROKEN);
    for (int turn = 0; turn < reports.size(); turn++) {
      Collections.rotate(reports, 1);
      assertThat(PrecisionSample.of(reports.iterator(), 3))
          .extracting(ImageReport::image)
          .isEqualTo(BY_HASH.subList(0, 3));
    }
    assertThat(PrecisionSample.of(reports.iterator(), 100))
        .as("all of them, but those that have no explanation")
        .extracting(ImageReport::image)
        .isEqualTo(BY_HASH);
  }

  @Test
  void nothingHasNoSample() {
    assertThat(PrecisionSample.of(Collections.emptyIterator(), 3)).isEmpty();
    assertThat(PrecisionSample.of(List.of(BROKEN).iterator(), 3)).isEmpty();
  }
}
