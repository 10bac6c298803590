package io.camaudit.region;

import java.io.Serializable;
import java.util.List;

/** The annotations of one image. */
sealed interface AnnotatedImage extends Serializable permits AnnotatedImage.Read, MaskFile {
  /** The image's name or path as the annotation gives it, with forward slashes. */
  String name();

  /** The annotations, read now if they were not before. */
  Read read();

  /**
   * Annotations in memory.
   *
   * @param width of the annotated picture; 0 if not stated, like the height
   * @param seen categories of annotations that say what is there and not where: without a shape, or
   *     with one that cannot be read
   */
  record Read(String name, int width, int height, List<Annotation> annotations, List<Category> seen)
      implements AnnotatedImage {
    Read(String name, int width, int height, List<Annotation> annotations) {
      this(name, width, height, annotations, List.of());
    }

    @Override
    public Read read() {
      return this;
    }
  }
}
