package io.camaudit.explain;

import io.camaudit.input.ImageRef;
import io.camaudit.region.RegionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.UnaryOperator;

/**
 * Gives images the labels that their annotations name: of a multi-label model an image's true
 * labels are the classes of everything that is annotated in it, by the same mapping as its regions.
 * Where a list states labels they count alone; names of folders do not, since they say one thing of
 * an image and annotations all. An image that the annotations do not speak of keeps what it had.
 *
 * <p>Counts what it did, so it is for one listing, and one thread.
 */
public final class AnnotationLabels implements UnaryOperator<ImageRef> {
  private final RegionSet regions;
  private final ClassIndex classes;
  private long labelled;
  private long without;

  AnnotationLabels(RegionSet regions, ClassIndex classes) {
    this.regions = regions;
    this.classes = classes;
  }

  @Override
  public ImageRef apply(ImageRef image) {
    if (!image.labelGuessed()) {
      return image;
    }
    Optional<SortedSet<Integer>> found = regions.classesIn(image.name());
    if (found.isEmpty()) {
      return image;
    }
    labelled++;
    without += found.get().isEmpty() ? 1 : 0;
    return image.labelled(found.get().stream().map(classes::textOf).toList());
  }

  /** What there is to say of it. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (labelled > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "The labels of %,d images are the categories of their annotations, %,d of which name no class of the model; a class that is not annotated counts as absent (--labels folder or none: not so).",
              labelled,
              without));
    }
    return notes;
  }
}
