package io.camaudit.page;

import io.camaudit.image.Colormap;
import java.util.Objects;

/**
 * How large a page may become and how it looks.
 *
 * @param galleryImages most images in one gallery (one class, one verdict)
 * @param maxImages most images in all galleries together; with very many classes each gallery gets
 *     fewer, but at least one
 * @param pictureSide most pixels along the longer side of a photograph's copy
 * @param colormap the run's colour scale, offered beside viridis, which every reader can tell apart
 * @param opacity of the heat where the map is greatest, when an image is opened, 0 to 1
 * @param threads that copy photographs
 */
public record PageOptions(
    int galleryImages,
    int maxImages,
    int pictureSide,
    Colormap colormap,
    double opacity,
    int threads) {
  /** Threads for one that computes: three requests an image take some ten times its copy. */
  private static final int WAITING = 8;

  public PageOptions {
    Objects.requireNonNull(colormap);
    atLeast("galleryImages", galleryImages, 1);
    atLeast("maxImages", maxImages, 1);
    atLeast("pictureSide", pictureSide, 16);
    atLeast("threads", threads, 1);
    if (!(opacity >= 0 && opacity <= 1)) {
      throw new IllegalArgumentException("opacity must lie in 0 to 1, got " + opacity);
    }
  }

  /** 24 images a gallery, 10,000 in all, copies of 640 pixels, turbo, opacity 0.7. */
  public static PageOptions defaults() {
    return new PageOptions(
        24,
        10_000,
        640,
        Colormap.TURBO,
        0.7,
        Math.min(4, Runtime.getRuntime().availableProcessors()));
  }

  /** The same with another size of galleries. */
  public PageOptions withGalleryImages(int images) {
    return new PageOptions(images, maxImages, pictureSide, colormap, opacity, threads);
  }

  /** The same in another colour scale. */
  public PageOptions withColormap(Colormap scale) {
    return new PageOptions(galleryImages, maxImages, pictureSide, scale, opacity, threads);
  }

  /** The same with as many threads as make up for pictures that have to be waited for. */
  public PageOptions waiting() {
    int many = WAITING * threads;
    return new PageOptions(galleryImages, maxImages, pictureSide, colormap, opacity, many);
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", got " + value);
    }
  }
}
