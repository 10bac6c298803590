package io.camaudit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
  private static final Lease.Times SHORT =
      new Lease.Times(Duration.ofMillis(300), Duration.ofMillis(100), Duration.ofMillis(1500));

  @TempDir private Path folder;
  private RunFolder run;
  private Path file;

  @BeforeEach
  void name() {
    run = new RunFolder(folder.toString());
    file = folder.resolve("lease.json");
  }

  @Test
  void aSecondRunIsRefusedUntilTheFirstEnds() throws IOException {
    try (Lease first = Lease.take(run, SHORT)) {
      assertThatThrownBy(() -> Lease.take(run, SHORT))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("Another run is under way");
      assertThatThrownBy(() -> Lease.refuseIfHeld(run, SHORT)).isInstanceOf(UserException.class);
    }
    assertThat(file).doesNotExist();
    Lease.take(run, SHORT).close();
  }

  @Test
  void aLeaseThatNobodyRenewsIsTakenOver() throws IOException {
    write("{\"owner\": \"x\", \"machine\": null, \"process\": 1, \"renewals\": 7}");
    long start = System.nanoTime();
    try (Lease lease = Lease.take(run, SHORT)) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(SHORT.expire());
    }
  }

  @Test
  void ofTwoAtTheSameTimeAtMostOneHolds() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 3; round++) {
        Callable<Lease> one =
            () -> {
              try {
                return Lease.take(run, SHORT);
              } catch (UserException e) {
                return null;
              }
            };
        int held = 0;
        for (Future<Lease> taken : threads.invokeAll(List.of(one, one, one, one))) {
          if (taken.get() != null) {
            held++;
            taken.get().close();
          }
        }
        assertThat(held).isEqualTo(1);
      }
    } finally {
      threads.shutdown();
    }
  }

  private void write(String lease) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, lease);
  }
}
