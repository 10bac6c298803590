package io.camaudit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files on their way to and from storage: all of them, in order, and never too many bytes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransferTest {
  private static final ImageReader READER = new ImageReader(1000);

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void filesComeInTheirOrderAndABrokenOneCostsItself() throws IOException {
    List<ReadAhead.Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Path file = folder.resolve(i + ".bin");
      if (i != 77) {
        Files.write(file, new byte[i == 99 ? 1001 : i]);
      }
      wanted.add(new ReadAhead.Wanted(file.toString(), i % 3 == 0 ? null : (Long) (long) i));
    }
    try (ReadAhead reading = new ReadAhead(READER::read, wanted, 5000, threads)) {
      for (int i = 0; i < 200; i++) {
        if (i == 77) {
          assertThatThrownBy(reading::next).hasMessage("the file does not exist");
        } else if (i == 99) {
          assertThatThrownBy(reading::next).isInstanceOf(ImageReader.TooLongException.class);
        } else {
          assertThat(reading.next()).hasSize(i);
        }
      }
    }
  }

  @Test
  void asMuchIsReadAheadAsTheBudgetHolds() throws IOException {
    List<ReadAhead.Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Path file = Files.write(folder.resolve(i + ".bin"), new byte[300]);
      wanted.add(new ReadAhead.Wanted(file.toString(), 300L));
    }
    Queue<Runnable> begun = new ArrayDeque<>();
    try (ReadAhead reading =
        new ReadAhead(
            READER::read,
            wanted,
            1000,
            task -> {
              task.run();
              begun.add(task);
            })) {
      reading.next();
      // The file in hand is the reader's no more; three of 300 fit into 1,000.
      assertThat(begun).hasSize(4);
      reading.next();
      assertThat(begun).hasSize(5);
    }
  }

  @Test
  void aFileLongerThanTheBudgetIsReadAlone() throws IOException {
    List<ReadAhead.Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Path file = Files.write(folder.resolve(i + ".bin"), new byte[900]);
      wanted.add(new ReadAhead.Wanted(file.toString(), 900L));
    }
    List<Runnable> begun = new ArrayList<>();
    try (ReadAhead reading =
        new ReadAhead(
            READER::read,
            wanted,
            100,
            task -> {
              task.run();
              begun.add(task);
            })) {
      for (int i = 0; i < 3; i++) {
        assertThat(reading.next()).hasSize(900);
        assertThat(begun).hasSize(Math.min(3, i + 2));
      }
    }
  }

  @Test
  void unknownLengthsAreTakenForTheLongestSoFar() throws IOException {
    List<ReadAhead.Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      wanted.add(new ReadAhead.Wanted("file " + i, null));
    }
    List<Integer> begun = new ArrayList<>();
    try (ReadAhead reading =
        new ReadAhead(
            location -> new byte[begun.size() < 11 ? 10 : 60],
            wanted,
            100,
            task -> {
              task.run();
              begun.add(begun.size());
            })) {
      reading.next();
      // Four at first, a quarter of the budget each; then as many as there is room for, of ten
      // bytes.
      assertThat(begun).hasSize(4 + 7);
      for (int i = 0; i < 11; i++) {
        reading.next();
      }
      // The first of 60 bytes was handed over: there is room for one more, and none beside that.
      assertThat(begun).hasSize(13);
    }
  }

  @Test
  void allIsWrittenBeforeTheEndAndNoMoreIsUnderWayThanAllowed() {
    AtomicLong underWay = new AtomicLong();
    List<Long> seen = Collections.synchronizedList(new ArrayList<>());
    List<String> written = Collections.synchronizedList(new ArrayList<>());
    WriteBehind writing =
        new WriteBehind(
            (path, bytes) -> {
              seen.add(underWay.addAndGet(bytes.length));
              Thread.yield();
              written.add(path);
              underWay.addAndGet(-bytes.length);
            },
            1000,
            threads);
    for (int i = 0; i < 300; i++) {
      writing.write("file-" + i, new byte[100 + i]);
    }
    writing.finish();
    assertThat(written).hasSize(300).doesNotHaveDuplicates();
    assertThat(seen).allMatch(bytes -> bytes <= 1000);
  }

  @Test
  void whatCannotBeWrittenIsSaidAtTheEndAtTheLatest() throws InterruptedException {
    CountDownLatch failed = new CountDownLatch(1);
    FileSink full =
        (path, bytes) -> {
          failed.countDown();
          throw UserException.wrongArguments("%s: no space left", path);
        };
    WriteBehind writing = new WriteBehind(full, 1000, threads);
    writing.write("a", new byte[10]);
    failed.await();
    assertThatThrownBy(
            () -> {
              writing.write("b", new byte[10]);
              writing.finish();
            })
        .isInstanceOf(UserException.class)
        .hasMessage("a: no space left");
  }
}
