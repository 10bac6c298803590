package io.camaudit.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.TestPictures;
import io.camaudit.input.ImageRef;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.storage.FileSource;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fault of the program costs one image and is called by its name. */
final class OwnFaultTest {
  private static final String TINY_MODEL = "../savedmodel/src/test/resources/tiny-model";

  private interface Read {
    byte[] file() throws IOException;
  }

  @Test
  void aFaultIsNeitherCorruptNorUnreadableAndCostsItsImageOnly() throws IOException {
    byte[] photo = TestPictures.bytes("jpg", 40, 30, 1);
    Iterator<Read> reads =
        List.<Read>of(
                () -> photo,
                () -> {
                  throw new IllegalStateException("a fault of ours");
                },
                () -> {
                  throw new IOException("a fault of storage");
                },
                () -> {
                  throw new OutOfMemoryError();
                },
                () -> photo)
            .iterator();
    FileSource files = () -> reads.next().file();
    List<ImageRef> images =
        List.of(
            ImageRef.of("a.jpg"),
            ImageRef.of("b.jpg"),
            ImageRef.of("c.jpg"),
            ImageRef.of("d.jpg"),
            ImageRef.of("e.jpg"));
    List<ImageReport> reports;
    try (ImageExplainer explainer = ImageExplainer.open(ExplainSettings.of(TINY_MODEL))) {
      reports = explainer.explain(images, files, null).reports();
    }
    assertThat(reports.get(0).status()).isIn(ImageStatus.OK, ImageStatus.EMPTY_MAP);
    assertThat(reports.get(1).status()).isEqualTo(ImageStatus.INTERNAL_ERROR);
    assertThat(reports.get(1).reason())
        .startsWith("internal error of camaudit, please report it: ")
        .contains("a fault of ours", "OwnFaultTest.java:");
    assertThat(reports.get(2).status()).isEqualTo(ImageStatus.UNREADABLE);
    assertThat(reports.get(3).status()).isEqualTo(ImageStatus.TOO_LARGE);
    assertThat(reports.get(4).status()).isIn(ImageStatus.OK, ImageStatus.EMPTY_MAP);
  }
}
