package io.camaudit.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LastBlocksTest {
  private static final String OUTPUT = "a-run";

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  /** A block that another thread is at until {@link #go}. */
  private CompletableFuture<Void> slowBlock() throws InterruptedException {
    CompletableFuture<Void> slow =
        CompletableFuture.runAsync(() -> LastBlocks.work(OUTPUT, this::awaitGo));
    begun.await();
    return slow;
  }

  private void awaitGo() {
    begun.countDown();
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aWorkerWithNothingLeftWaitsForTheOthersAndOneWithABlockLeftDoesNot() throws Exception {
    try (LastBlocks last = LastBlocks.of(OUTPUT, 3)) {
      CompletableFuture<Void> slow = slowBlock();
      LastBlocks.work(OUTPUT, () -> {});
      CompletableFuture<Void> third =
          CompletableFuture.runAsync(() -> LastBlocks.work(OUTPUT, () -> {}));
      assertThrows(TimeoutException.class, () -> third.get(300, TimeUnit.MILLISECONDS));
      go.countDown();
      slow.get();
      third.get();
    }
  }

  @Test
  void aBlockThatFailsFailsAtOnce() throws Exception {
    try (LastBlocks last = LastBlocks.of(OUTPUT, 2)) {
      CompletableFuture<Void> slow = slowBlock();
      assertThrows(
          IOException.class,
          () ->
              LastBlocks.work(
                  OUTPUT,
                  () -> {
                    throw new IOException("lost");
                  }));
      go.countDown();
      slow.get();
    }
  }

  @Test
  void theEndOfTheRunLetsWorkersGo() throws Exception {
    CompletableFuture<Void> slow;
    CompletableFuture<Void> second;
    try (LastBlocks last = LastBlocks.of(OUTPUT, 2)) {
      slow = slowBlock();
      second = CompletableFuture.runAsync(() -> LastBlocks.work(OUTPUT, () -> {}));
      assertThrows(TimeoutException.class, () -> second.get(300, TimeUnit.MILLISECONDS));
    }
    second.get();
    assertTrue(!slow.isDone());
    go.countDown();
    slow.get();
  }

  @Test
  void aRunThatNobodyMadeItForGoesOn() {
    int[] done = {0};
    LastBlocks.work("elsewhere", () -> done[0]++);
    assertEquals(1, done[0]);
  }
}
