package io.camaudit.faithfulness;

import io.camaudit.LeastHashes;
import io.camaudit.alter.Fill;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.InputModel;
import io.camaudit.explain.LocalWork;
import io.camaudit.explain.Refusal;
import io.camaudit.input.ImageRef;
import io.camaudit.report.Faithfulness;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.savedmodel.ModelCard;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Measures on a sample of a finished run's images whether its maps name what the model went by. */
public final class FaithfulnessCheck {
  /** Maps of other methods are made of a sample alone, and gae takes some 500 MB an image. */
  private static final int BATCH_OF_OTHERS = 4;

  private FaithfulnessCheck() {}

  /**
   * What is measured.
   *
   * @param images at most so many
   * @param methods other exported methods than the run's, whose maps are measured too
   * @param fill what takes the place of what is taken out
   */
  public record Request(int images, List<String> methods, Fill fill) {}

  /**
   * Runs on this machine, whatever the run itself ran on; nothing is written.
   *
   * @param records the run's reports; those whose first map is usable are sampled
   * @param images finds images of the run by their names, in the listing's order
   * @param settings how they were explained
   * @return null if no image has a usable map
   * @throws RuntimeException what made it fail
   */
  public static Faithfulness run(
      Iterator<ImageReport> records,
      Function<Set<String>, List<ImageRef>> images,
      ExplainSettings settings,
      Request request) {
    long start = System.nanoTime();
    Map<String, SampledImage> sample = sample(records, request.images());
    if (sample.isEmpty()) {
      return null;
    }
    List<ImageRef> refs = images.apply(sample.keySet());
    for (String method : request.methods()) {
      ExplainSettings other =
          settings.withMethod(method, Math.min(BATCH_OF_OTHERS, settings.batchSize()));
      LocalWork.explain(refs, other)
          .forEach(report -> sample.get(report.image()).add(report.explanations()));
    }
    Set<MapKind> kinds = new LinkedHashSet<>();
    sample.values().forEach(image -> kinds.addAll(image.kinds()));
    CellGrid grid =
        CellGrid.coarsest(
            sample.values().stream().flatMap(image -> image.maps().values().stream()).toList());
    List<ImageCurves> curves = curves(refs, sample, grid, settings, request.fill());
    return new FaithfulnessSums(curves)
        .summary(kinds, grid, request.fill().name().toLowerCase(Locale.ROOT), sample.size())
        .after(Math.rint((System.nanoTime() - start) / 1e6) / 1e3);
  }

  /** The images with the least hashes of their names, by name. */
  private static Map<String, SampledImage> sample(Iterator<ImageReport> records, int size) {
    LeastHashes<SampledImage> least = new LeastHashes<>(size);
    while (records.hasNext()) {
      ImageReport report = records.next();
      if (report.status() == ImageStatus.OK && report.first() != null) {
        least.add(report.image(), SampledImage.of(report));
      }
    }
    Map<String, SampledImage> sample = new LinkedHashMap<>();
    least.list().forEach(image -> sample.put(image.name(), image));
    return sample;
  }

  private static List<ImageCurves> curves(
      List<ImageRef> refs,
      Map<String, SampledImage> sample,
      CellGrid grid,
      ExplainSettings settings,
      Fill fill) {
    return LocalWork.with(
            settings,
            explainer -> {
              ModelCard card = explainer.card();
              Removals removals =
                  new Removals(
                      explainer.inputs(),
                      grid,
                      layer -> settings.placement().layout(card.layer(layer), card.input()),
                      fill);
              return refs.stream().map(ref -> curves(removals, ref, sample)).toList();
            })
        .stream()
        .filter(Objects::nonNull)
        .filter(ImageCurves::isFinite)
        .toList();
  }

  /** Of an image; null for one that cannot be read again, or is another by now. */
  private static Callable<ImageCurves> curves(
      Removals removals, ImageRef ref, Map<String, SampledImage> sample) {
    SampledImage image = sample.get(ref.name());
    return () -> {
      try {
        InputModel.Taken taken = removals.model().take(ref, image.target().index());
        return taken.file().sha256().equals(image.sha256())
            ? removals.of(taken.picture(), image)
            : null;
      } catch (Refusal refusal) {
        return null;
      }
    };
  }
}
