package io.camaudit.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an audit holds before it begins goes by its annotations, not by its images. */
class ManyImagesTest {
  private static final int IMAGES = 100_000;
  private static final int ANNOTATED = 2_000;

  @TempDir Path folder;

  @Test
  void aListOfManyImagesWithRegionsIsReadInASmallHeap() throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ManyImages.class.getName(),
                folder.toString(),
                String.valueOf(IMAGES),
                String.valueOf(ANNOTATED))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(said, StandardCharsets.UTF_8);
    assertThat(text.strip()).isEqualTo(IMAGES + " " + ANNOTATED);
  }
}
