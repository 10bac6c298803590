package io.camaudit.explain;

import io.camaudit.input.ImageListing;
import io.camaudit.input.ImageRef;
import io.camaudit.measure.AttentionMeasure;
import io.camaudit.measure.RegionMask;
import io.camaudit.region.PhotoFrame;
import io.camaudit.region.Region;
import io.camaudit.region.RegionSet;
import io.camaudit.report.Attention;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.RegionFit;
import io.camaudit.report.Verdict;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.storage.Locations;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds where a model ought to look in an image, measures its maps, and judges. Immutable, so safe
 * for any number of threads.
 */
public final class ImageJudge {
  private final JudgeSettings settings;
  private final RegionSet regions;

  private ImageJudge(JudgeSettings settings, RegionSet regions) {
    this.settings = settings;
    this.regions = regions;
  }

  /**
   * Reads the regions.
   *
   * @throws io.camaudit.UserException if they cannot be read
   */
  public static ImageJudge open(JudgeSettings settings, List<ClassLabel> labels) {
    if (settings.regions() == null) {
      return new ImageJudge(settings, null);
    }
    RegionSet all = settings.regions().shared(labels);
    if (settings.images() == null) {
      return new ImageJudge(settings, all);
    }
    Map<String, Path> images = new LinkedHashMap<>();
    ImageListing.of(settings.images())
        .forEach(image -> images.put(image.name(), Locations.local(image.location()).orElse(null)));
    return new ImageJudge(settings, all.matchedTo(images));
  }

  /** What was odd about the regions, one sentence a kind. */
  public List<String> problems() {
    return regions == null ? List.of() : regions.problems().sentences();
  }

  /** Every single thing that was odd about the regions, each a JSON object. */
  public List<String> problemLines() {
    return regions == null ? List.of() : regions.problems().lines();
  }

  /**
   * Where the model ought to look in an image; empty if nothing says so.
   *
   * @throws io.camaudit.UserException if the image's mask cannot be read
   */
  public Optional<Region> region(ImageRef ref, ClassLabel label, PhotoFrame photo) {
    if (regions != null) {
      return regions.region(ref.name(), label == null ? null : label.index(), photo);
    }
    return settings.manifestBoxes() && !ref.boxes().isEmpty()
        ? Optional.of(Region.ofBoxes(ref.boxes(), photo))
        : Optional.empty();
  }

  Attention attention(float[] map, int height, int width) {
    return AttentionMeasure.of(map, height, width);
  }

  RegionFit fit(float[] map, int height, int width, RegionMask mask) {
    return settings.measure().of(map, height, width, mask);
  }

  /** The verdict on an image by its first explanation; null without regions or without a label. */
  Verdict verdict(Boolean correct, boolean hasRegion, List<Explanation> explanations) {
    if (!settings.hasRegions()) {
      return correct == null ? null : Verdict.NO_REGION;
    }
    Explanation first = explanations.isEmpty() ? null : explanations.get(0);
    ImageStatus status = first == null ? ImageStatus.NOT_FINITE : first.status();
    return settings.rule().of(correct, hasRegion, status, first == null ? null : first.region());
  }
}
