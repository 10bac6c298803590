package io.camaudit.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FirstCallsTest {
  private static final int THREADS = 4;
  private final FirstCalls calls = new FirstCalls();

  @Test
  void theFirstOfAKindIsAloneAndTheOthersRunTogetherAfterIt() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    CyclicBarrier others = new CyclicBarrier(THREADS - 1);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      answers.add(
          threads.submit(
              () ->
                  calls.call(
                      "kind",
                      () -> {
                        int beside = running.getAndIncrement();
                        boolean first = ended.get() == 0;
                        if (first) {
                          pause();
                        } else {
                          // Passed only when all others are inside at the same time.
                          meet(others);
                        }
                        running.decrementAndGet();
                        ended.incrementAndGet();
                        return first ? beside : -1;
                      })));
    }
    int firsts = 0;
    for (Future<Integer> answer : answers) {
      int beside = answer.get();
      if (beside >= 0) {
        firsts++;
        assertEquals(0, beside);
      }
    }
    assertEquals(1, firsts);
    threads.shutdown();
  }

  @Test
  void aCallThatFailsLeavesTheNextOneToBeTheFirst() {
    assertThrows(
        IllegalStateException.class,
        () ->
            calls.call(
                "kind",
                () -> {
                  throw new IllegalStateException();
                }));
    assertEquals(1, calls.call("kind", () -> 1));
    assertEquals(2, calls.call("kind", () -> calls.call("another", () -> 2)));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
