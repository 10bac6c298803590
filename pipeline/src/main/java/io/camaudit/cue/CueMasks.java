package io.camaudit.cue;

import io.camaudit.Batches;
import io.camaudit.RunProgress;
import io.camaudit.alter.PixelSet;
import io.camaudit.explain.InputModel;
import io.camaudit.explain.LocalWork;
import io.camaudit.explain.Refusal;
import io.camaudit.input.ImageRef;
import io.camaudit.report.ImageFile;
import io.camaudit.savedmodel.CellLayout;
import io.camaudit.savedmodel.InputPicture;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Says where in the images that bear a cue it is. Reads these again, at most so many, and asks the
 * model for what its channels answer in each cell.
 *
 * @param most images at most, those with most of it; 0 for none
 * @param model the run's, which takes images in as the run did
 * @param threads that call it at a time
 * @param layout where the cells of its default layer lie
 * @param images finds images of the run by their names
 * @param progress told how many are done
 */
public record CueMasks(
    int most,
    InputModel model,
    int threads,
    CellLayout layout,
    Finder images,
    RunProgress progress) {
  /** The masks, in the run's folder. */
  public static final String REGIONS = RunFolder.CUE_FOLDER + "/regions.json";

  /** Finds images of the run by their names. */
  @FunctionalInterface
  public interface Finder {
    Map<String, ImageRef> find(Set<String> names) throws IOException;
  }

  /**
   * What came of it.
   *
   * @param images that were asked for
   * @param masked of these, those that have a mask
   * @param withoutPlace those whose map has nothing positive, or numbers that are not finite
   * @param lost those that could not be read again, in the ranking's order
   */
  public record Made(long images, long masked, long withoutPlace, List<Lost> lost) {
    public Made {
      lost = List.copyOf(lost);
    }
  }

  /** An image that is gone, has changed since the run, or cannot be read; the reason in words. */
  public record Lost(String image, String reason) {}

  /** What came of an image: a mask, why it is lost, or neither. */
  private record Part(Scored image, PlacedMask mask, String lost) {}

  /** Counts what the threads have done. */
  private static final class Tally {
    private final RunProgress progress;
    private final long total;
    private final long start = System.nanoTime();
    private long done;
    private long lost;

    Tally(RunProgress progress, long total) {
      this.progress = progress;
      this.total = total;
    }

    synchronized List<Part> of(List<Part> parts) {
      done += parts.size();
      lost += parts.stream().filter(part -> part.lost() != null).count();
      progress.update(done, total, lost, 0, Duration.ofNanos(System.nanoTime() - start));
      return parts;
    }
  }

  /** An image that has been taken in. */
  private record Read(Scored image, InputModel.Taken taken) {}

  /**
   * Makes the masks and writes them.
   *
   * @param bearing the images that bear the cue, most of it first, at most {@link #most}
   */
  Made write(RunFolder run, Direction direction, List<Scored> bearing) throws IOException {
    Map<String, ImageRef> refs =
        images.find(bearing.stream().map(Scored::image).collect(Collectors.toSet()));
    Tally tally = new Tally(progress, bearing.size());
    List<List<Part>> parts =
        LocalWork.together(
            threads,
            Batches.of(bearing, model.batchSize()).stream()
                .<Callable<List<Part>>>map(batch -> () -> tally.of(parts(batch, refs, direction)))
                .toList());
    CueRegions regions = CueRegions.empty();
    List<Lost> lost = new ArrayList<>();
    parts.stream()
        .flatMap(List::stream)
        .forEach(
            part -> {
              if (part.mask() != null) {
                regions.add(part.image(), part.mask());
              } else if (part.lost() != null) {
                lost.add(new Lost(part.image().image(), part.lost()));
              }
            });
    run.write(REGIONS, regions.json());
    long masked = regions.images().size();
    return new Made(bearing.size(), masked, bearing.size() - masked - lost.size(), lost);
  }

  /** The lost ones of a batch come last; which are masked keep their order. */
  private List<Part> parts(List<Scored> batch, Map<String, ImageRef> refs, Direction direction) {
    List<Read> read = new ArrayList<>();
    List<Part> lost = new ArrayList<>();
    for (Scored image : batch) {
      try {
        ImageRef ref = refs.get(image.image());
        InputModel.Taken taken = ref == null ? null : model.take(ref, 0);
        if (taken != null && taken.file().sha256().equals(image.sha256())) {
          read.add(new Read(image, taken));
        } else {
          String reason = ref == null ? "the run's list does not name it" : "it has changed since";
          lost.add(new Part(image, null, reason));
        }
      } catch (Refusal refusal) {
        lost.add(new Part(image, null, refusal.report().reason()));
      }
    }
    List<InputPicture> pictures = read.stream().map(each -> each.taken().picture()).toList();
    List<Part> parts = new ArrayList<>();
    if (!pictures.isEmpty()) {
      float[] activations = model.activations(pictures);
      for (int i = 0; i < read.size(); i++) {
        float[][] map = direction.map(activations, i, layout.height(), layout.width());
        parts.add(new Part(read.get(i).image(), mask(map, read.get(i).taken()), null));
      }
    }
    parts.addAll(lost);
    return parts;
  }

  /** Null for an image in which the cue has no place. */
  private PlacedMask mask(float[][] map, InputModel.Taken taken) {
    InputPicture picture = taken.picture();
    PixelSet shown = PixelSet.touching(picture.width(), picture.height(), taken.shown());
    ImageFile file = taken.file();
    return CuePixels.of(map, layout, shown)
        .flatMap(pixels -> PlacedMask.of(pixels, taken.placement(), file.width(), file.height()))
        .orElse(null);
  }
}
