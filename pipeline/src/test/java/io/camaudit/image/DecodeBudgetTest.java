package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DecodeBudgetTest {
  private static final long MEGABYTE = 1 << 20;

  @Test
  void picturesOfAnySizeFromAnyNumberOfThreadsStayWithinIt() throws Exception {
    DecodeBudget budget = new DecodeBudget(100 * MEGABYTE);
    AtomicLong inUse = new AtomicLong();
    AtomicLong most = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      long bytes = new Random(i).nextInt(150) * MEGABYTE; // some want more than there is
      done.add(
          threads.submit(
              () -> {
                try (DecodeBudget.Share share = budget.open()) {
                  share.take(bytes);
                  share.take(bytes); // a frame and its canvas: stated twice, taken once
                  long taken = Math.min(bytes, 100 * MEGABYTE);
                  most.accumulateAndGet(inUse.addAndGet(taken), Math::max);
                  Thread.yield();
                  inUse.addAndGet(-taken);
                }
              }));
    }
    for (Future<?> each : done) {
      each.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
    assertThat(most.get()).isBetween(90 * MEGABYTE, 100 * MEGABYTE);
    assertThat(inUse.get()).isZero();
  }

  @Test
  void whatWasNeverTakenIsNotGivenBack() {
    DecodeBudget budget = new DecodeBudget(MEGABYTE);
    budget.open().close();
    try (DecodeBudget.Share all = budget.open()) {
      all.take(5 * MEGABYTE);
    }
    try (DecodeBudget.Share again = budget.open()) {
      again.take(MEGABYTE);
    }
  }
}
