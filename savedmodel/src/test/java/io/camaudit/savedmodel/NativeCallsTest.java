package io.camaudit.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NativeCallsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final NativeCalls calls = new NativeCalls();

  @Test
  void theEndWaitsForTheCallUnderWayAndLetsNoOtherBegin() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    FutureTask<Integer> call = underWay(goOn);
    FutureTask<Boolean> end = start(() -> calls.end(LONG));
    assertThrows(TimeoutException.class, () -> end.get(200, TimeUnit.MILLISECONDS));
    FutureTask<Integer> late = start(() -> calls.make(() -> 2));
    assertThrows(TimeoutException.class, () -> late.get(200, TimeUnit.MILLISECONDS));

    goOn.countDown();
    assertEquals(1, call.get());
    assertTrue(end.get());
    assertThrows(TimeoutException.class, () -> late.get(200, TimeUnit.MILLISECONDS));
  }

  @Test
  void theEndDoesNotWaitForEver() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    FutureTask<Integer> call = underWay(goOn);
    assertFalse(calls.end(SHORT));
    goOn.countDown();
    assertEquals(1, call.get());
  }

  @Test
  void callsRunTogetherAndOneThatFailsHindersNothing() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    FutureTask<Integer> one = start(() -> calls.make(() -> meet(both)));
    FutureTask<Integer> other = start(() -> calls.make(() -> meet(both)));
    assertEquals(1, one.get() + other.get());
    assertThrows(
        IllegalStateException.class,
        () ->
            calls.make(
                () -> {
                  throw new IllegalStateException();
                }));
    assertTrue(calls.end(SHORT));
  }

  /** A call that has begun and ends when it is told to. */
  private FutureTask<Integer> underWay(CountDownLatch goOn) throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    FutureTask<Integer> call =
        start(
            () ->
                calls.make(
                    () -> {
                      inside.countDown();
                      await(goOn);
                      return 1;
                    }));
    inside.await();
    return call;
  }

  private static <T> FutureTask<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    thread.setDaemon(true); // one of them never ends
    thread.start();
    return task;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int meet(CyclicBarrier barrier) {
    try {
      return barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
