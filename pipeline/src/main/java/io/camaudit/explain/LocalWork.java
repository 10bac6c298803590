package io.camaudit.explain;

import io.camaudit.input.ImageBatch;
import io.camaudit.input.ImageRef;
import io.camaudit.report.ImageReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Work on a sample of a run's images, with a model of its own on this machine, whatever the run
 * itself runs on. Nothing is written.
 */
public final class LocalWork {
  private LocalWork() {}

  /**
   * Opens the model and does work with it, as many parts at a time as the settings allow.
   *
   * @return what came of the parts, in their order
   * @throws RuntimeException what made a part fail
   */
  public static <T> List<T> with(
      ExplainSettings settings, Function<ImageExplainer, List<Callable<T>>> work) {
    try (ImageExplainer explainer = ImageExplainer.open(settings.writingTo(null, null))) {
      return together(settings.concurrentCalls(), work.apply(explainer));
    }
  }

  /**
   * Does parts of a work with a model that is open, and returns when none uses it any more.
   *
   * @param atATime so many parts
   * @return what came of the parts, in their order
   * @throws RuntimeException what made a part fail
   */
  public static <T> List<T> together(int atATime, List<Callable<T>> parts) {
    ExecutorService threads = Executors.newFixedThreadPool(atATime);
    try {
      List<T> done = new ArrayList<>();
      // Waits for all, whatever becomes of one: none may use the model when it is closed.
      for (Future<T> part : threads.invokeAll(parts)) {
        done.add(part.get());
      }
      return done;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at work on a sample of the images", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** The reports of images, in their order. */
  public static List<ImageReport> explain(List<ImageRef> images, ExplainSettings settings) {
    List<List<ImageReport>> batches =
        with(
            settings,
            explainer ->
                ImageBatch.cut(images, settings.batchSize()).stream()
                    .<Callable<List<ImageReport>>>map(
                        batch -> () -> explainer.explain(batch.images()).reports())
                    .toList());
    return batches.stream().flatMap(List::stream).toList();
  }
}
