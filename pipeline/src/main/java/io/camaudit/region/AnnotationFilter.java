package io.camaudit.region;

import io.camaudit.region.RegionProblems.Kind;
import java.util.ArrayList;
import java.util.List;

/** Collects the annotations of one image that can count, and what is odd about the others. */
final class AnnotationFilter {
  private final RegionClasses classes;
  private final RegionProblems.Tally tally;
  private final int width;
  private final int height;
  private final List<Annotation> kept = new ArrayList<>(1);
  private final List<Category> seen = new ArrayList<>(0);

  /** For an image of this size; 0 if it is not stated. */
  AnnotationFilter(RegionClasses classes, RegionProblems.Tally tally, int width, int height) {
    this.classes = classes;
    this.tally = tally;
    this.width = width;
    this.height = height;
  }

  /**
   * Adds an annotation.
   *
   * @param where for examples: the annotation's id, or its file and line
   */
  void add(Category category, Shape shape, String where) {
    classes.tell(category, tally);
    Box bounds = shape.bounds();
    if (bounds == null) {
      tally.add(Kind.EMPTY_SHAPE, where);
      addSeen(category);
      return;
    }
    if (shape instanceof Runs runs
        && width > 0
        && (runs.width() != width || runs.height() != height)) {
      tally.add(Kind.OTHER_SIZE, where);
      addSeen(category);
      return;
    }
    if (width > 0 && bounds.exceeds(width, height)) {
      tally.add(Kind.OUTSIDE_IMAGE, where);
    }
    // What no label can ask for need not be kept.
    if (classes.canCount(category)) {
      kept.add(new Annotation(category, shape));
    }
  }

  /** Adds an annotation of which nothing but its category is known. */
  void addSeen(Category category) {
    if (category != null && classes.canCount(category)) {
      seen.add(category);
    }
  }

  /** The image with what was added. */
  AnnotatedImage.Read image(String name) {
    return new AnnotatedImage.Read(name, width, height, List.copyOf(kept), List.copyOf(seen));
  }
}
