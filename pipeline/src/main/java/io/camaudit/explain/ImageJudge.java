package io.camaudit.explain;

import io.camaudit.UserException;
import io.camaudit.input.ImageRef;
import io.camaudit.input.LabelSource;
import io.camaudit.measure.AttentionMeasure;
import io.camaudit.measure.RegionMask;
import io.camaudit.region.Box;
import io.camaudit.region.PhotoFrame;
import io.camaudit.region.Region;
import io.camaudit.region.RegionMatching;
import io.camaudit.region.RegionSet;
import io.camaudit.report.Attention;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.RegionFit;
import io.camaudit.report.Verdict;
import io.camaudit.savedmodel.CellLayout;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.storage.Locations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds where a model ought to look in an image, measures its maps, and judges. Immutable, so safe
 * for any number of threads.
 */
public final class ImageJudge {
  private final JudgeSettings settings;
  private final RegionSet regions;
  private final ClassIndex classes;
  private final ImageLabels labels;

  private ImageJudge(JudgeSettings settings, RegionSet regions, List<ClassLabel> labels) {
    this.settings = settings;
    this.regions = regions;
    this.classes = new ClassIndex(labels);
    this.labels = new ImageLabels(classes);
  }

  /**
   * Reads the regions.
   *
   * @throws io.camaudit.UserException if they cannot be read
   */
  public static ImageJudge open(JudgeSettings settings, List<ClassLabel> labels) {
    if (settings.regions() == null) {
      return new ImageJudge(settings, null, labels);
    }
    RegionSet all = settings.regions().shared(labels);
    if (settings.images() == null) {
      return new ImageJudge(settings, all, labels);
    }
    RegionMatching matching = all.matching();
    settings
        .images()
        .forEach(
            image -> matching.add(image.name(), Locations.local(image.location()).orElse(null)));
    return new ImageJudge(settings, matching.matched(), labels);
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
    List<Box> boxes = settings.manifestBoxes() ? boxes(ref, label) : List.of();
    return boxes.isEmpty() ? Optional.empty() : Optional.of(Region.ofBoxes(boxes, photo));
  }

  /** A manifest's boxes: of a class those whose entries have its label, or none. */
  private List<Box> boxes(ImageRef ref, ClassLabel label) {
    if (label == null || ref.boxLabels().isEmpty()) {
      return ref.boxes();
    }
    List<Box> own = new ArrayList<>();
    for (int i = 0; i < ref.boxes().size(); i++) {
      String text = ref.boxLabels().get(i);
      if (text == null
          || LabelTexts.split(text, classes).stream()
              .anyMatch(part -> classes.find(part).filter(label::equals).isPresent())) {
        own.add(ref.boxes().get(i));
      }
    }
    return own;
  }

  /**
   * A text that tells an image's region from any other that it may have at another time; null
   * without one, and for boxes of a manifest, which the listing names itself. Of a multi-label
   * model the regions of all classes count, since any may be predicted.
   */
  public String regionStamp(ImageRef ref, ModelKind kind) {
    if (regions == null) {
      return null;
    }
    if (kind == ModelKind.MULTI_LABEL) {
      return regions.stamp(ref.name());
    }
    ClassLabel known = known(ref);
    return regions.stamp(ref.name(), known == null ? null : known.index());
  }

  /**
   * Labels from the annotations, for a model that gives images several; empty if labels come from
   * elsewhere, or no annotation names a class of the model.
   */
  public Optional<AnnotationLabels> annotationLabels(ModelKind kind, LabelSource source) {
    return kind == ModelKind.MULTI_LABEL
            && source == LabelSource.AUTO
            && regions != null
            && regions.namesClasses()
        ? Optional.of(new AnnotationLabels(regions, classes))
        : Optional.empty();
  }

  /** Whether annotations say where the model ought to look, so that images have regions. */
  public boolean hasAnnotations() {
    return regions != null;
  }

  /**
   * What an earlier run's report of an image is worth whose file, label and region are the same.
   */
  public enum Standing {
    /** It says what explaining would. */
    HOLDS,
    /** It does, and the image's annotation states other proportions than the photograph's. */
    HOLDS_FOR_A_MISFIT,
    /** It may say something else: storage refused the file or the mask, then or now. */
    OPEN
  }

  /**
   * @param orient whether pictures are turned upright
   */
  Standing standing(ImageRef ref, ImageReport earlier, boolean orient) {
    if (earlier.status() == ImageStatus.UNREADABLE) {
      return Standing.OPEN;
    }
    if (earlier.status().isFailure() || !settings.hasRegions()) {
      return Standing.HOLDS;
    }
    ImageFile file = earlier.file();
    PhotoFrame frame = new PhotoFrame(file.width(), file.height(), orient ? file.orientation() : 1);
    if (earlier.classes() != null) {
      return standingOfClasses(ref, earlier, frame);
    }
    Optional<Region> region;
    try {
      region = region(ref, known(ref), frame);
    } catch (UserException e) {
      return Standing.OPEN;
    }
    boolean measured =
        earlier.verdict() == Verdict.EMPTY_MAP
            || earlier.explanations().stream().anyMatch(each -> each.region() != null);
    if (region.isPresent() != measured) {
      return Standing.OPEN;
    }
    return region.isPresent() && !region.get().fitsPhoto()
        ? Standing.HOLDS_FOR_A_MISFIT
        : Standing.HOLDS;
  }

  /** Of a multi-label model each explained class has its own region, which must still be there. */
  private Standing standingOfClasses(ImageRef ref, ImageReport earlier, PhotoFrame frame) {
    boolean misfit = false;
    for (Explanation each : earlier.explanations()) {
      Optional<Region> region;
      try {
        region = region(ref, classes.label(each.target().index()), frame);
      } catch (UserException e) {
        return Standing.OPEN;
      }
      if (each.status() != ImageStatus.OK || region.isPresent() != (each.region() != null)) {
        // A map without anything to measure does not say whether there was a region.
        return Standing.OPEN;
      }
      misfit |= region.isPresent() && !region.get().fitsPhoto();
    }
    return misfit ? Standing.HOLDS_FOR_A_MISFIT : Standing.HOLDS;
  }

  private ClassLabel known(ImageRef ref) {
    return labels.of(ref);
  }

  Attention attention(float[] map, CellLayout layout) {
    return AttentionMeasure.of(map, layout);
  }

  RegionFit fit(float[] map, CellLayout layout, RegionMask mask) {
    return settings.measure().of(map, layout, mask);
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
