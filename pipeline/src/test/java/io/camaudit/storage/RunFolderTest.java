package io.camaudit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final String FILE = "overlays/cat/one.jpg";

  @TempDir Path folder;

  @Test
  void whatIsTakenFromAnotherRunIsSharedAndStays() throws IOException {
    RunFolder earlier = run("earlier");
    RunFolder now = run("now");
    earlier.write(FILE, new byte[] {1, 2, 3});
    for (int again = 0; again < 2; again++) {
      assertThat(now.take(earlier, FILE, FILE)).isTrue();
      assertThat(Files.isSameFile(path(now), path(earlier))).isTrue();
    }
    earlier.write(FILE, new byte[] {4});
    assertThat(now.read(FILE)).as("a file is replaced, never changed").containsExactly(1, 2, 3);
    assertThat(now.take(earlier, FILE, FILE)).isTrue();
    assertThat(now.read(FILE)).containsExactly(4);
    Files.delete(path(earlier));
    assertThat(now.read(FILE)).containsExactly(4);
    assertThat(now.take(earlier, FILE, FILE)).as("it is not there any more").isFalse();
    try (Stream<Path> files = Files.walk(folder.resolve("now"))) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(path(now));
    }
  }

  private RunFolder run(String name) {
    return new RunFolder(folder.resolve(name).toString());
  }

  private static Path path(RunFolder run) {
    return run.local().orElseThrow().resolve(FILE);
  }
}
