package io.camaudit.faithfulness;

import io.camaudit.LeastHashes;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageExplainer;
import io.camaudit.explain.InputModel;
import io.camaudit.explain.Refusal;
import io.camaudit.input.ImageRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.Faithfulness;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.stats.Intervals;
import io.camaudit.stats.Mean;
import io.camaudit.stats.Moments;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures on a sample of a finished run's images whether its maps name what the model went by: the
 * symmetric relevance gain (Blücher, Vielhaben and Strodthoff 2024, arXiv:2401.06654).
 */
public final class FaithfulnessCheck {
  private FaithfulnessCheck() {}

  /**
   * Runs on this machine, whatever the run itself ran on; nothing is written.
   *
   * @param records the run's reports; those with a usable map are sampled
   * @param images finds images of the run by their names, in the listing's order
   * @param settings how they were explained
   * @param size at most so many images
   * @return null if no image has a usable map
   * @throws RuntimeException what made it fail
   */
  public static Faithfulness run(
      Iterator<ImageReport> records,
      Function<Set<String>, List<ImageRef>> images,
      ExplainSettings settings,
      int size) {
    long start = System.nanoTime();
    LeastHashes<ImageReport> sample = new LeastHashes<>(size);
    while (records.hasNext()) {
      ImageReport report = records.next();
      if (report.status() == ImageStatus.OK && report.first() != null) {
        sample.add(report.image(), report);
      }
    }
    Map<String, ImageReport> byName =
        sample.list().stream().collect(Collectors.toMap(ImageReport::image, Function.identity()));
    if (byName.isEmpty()) {
      return null;
    }
    List<Curves> curves = curves(images.apply(byName.keySet()), byName, settings);
    Explanation first = sample.list().get(0).first();
    return summary(first.method(), first.layer(), curves, byName.size())
        .after(Math.rint((System.nanoTime() - start) / 1e6) / 1e3);
  }

  private static List<Curves> curves(
      List<ImageRef> images, Map<String, ImageReport> reports, ExplainSettings settings) {
    ExecutorService threads = Executors.newFixedThreadPool(settings.concurrentCalls());
    try (ImageExplainer explainer = ImageExplainer.open(settings.writingTo(null, null))) {
      List<Future<Curves>> under = new ArrayList<>();
      for (ImageRef image : images) {
        ImageReport report = reports.get(image.name());
        under.add(threads.submit(() -> curves(explainer.inputs(), image, report)));
      }
      List<Curves> found = new ArrayList<>();
      for (Future<Curves> each : under) {
        Curves curves = each.get();
        if (curves != null && curves.isFinite()) {
          found.add(curves);
        }
      }
      return found;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the maps were tested", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Null for an image that cannot be read again, or is another by now. */
  private static Curves curves(InputModel model, ImageRef image, ImageReport report) {
    Explanation first = report.first();
    int target = first.target().index();
    try {
      InputModel.Taken taken = model.take(image, target);
      return taken.file().sha256().equals(report.file().sha256())
          ? Curves.of(model, taken.picture(), first.map().values(), target, report.image())
          : null;
    } catch (Refusal refusal) {
      return null;
    }
  }

  static Faithfulness summary(String method, String layer, List<Curves> curves, int wanted) {
    Mean gain = mean(curves, Curves::gain);
    Mean untouched = mean(curves, Curves::untouched);
    long lost = wanted - curves.size();
    return new Faithfulness(
        method,
        layer,
        "mean",
        curves.size(),
        lost == 0 ? null : (Long) lost,
        gain == null ? null : new Faithfulness.Estimate(gain.mean(), gain.low(), gain.high()),
        untouched == null ? null : (Double) untouched.mean(),
        Curves.REMOVED,
        means(curves, Curves::leastFirst),
        means(curves, Curves::anyFirst),
        means(curves, Curves::mostFirst),
        null);
  }

  private static List<Double> means(List<Curves> curves, Function<Curves, double[]> curve) {
    return curves.isEmpty()
        ? List.of()
        : IntStream.range(0, Curves.REMOVED.size())
            .mapToObj(i -> mean(curves, each -> curve.apply(each)[i]).mean())
            .toList();
  }

  /** Exact, so that it does not depend on the order of the images. */
  private static Mean mean(List<Curves> curves, ToDoubleFunction<Curves> number) {
    Moments moments = new Moments();
    curves.forEach(each -> moments.add(number.applyAsDouble(each)));
    return Intervals.mean(moments);
  }
}
