package io.camaudit.alter;

import io.camaudit.measure.RegionMask;
import java.util.function.IntPredicate;

/** Some pixels of a picture. Immutable. */
public final class PixelSet {
  private final int width;
  private final int height;
  private final boolean[] in;
  private final int size;

  private PixelSet(int width, int height, boolean[] in, int size) {
    this.width = width;
    this.height = height;
    this.in = in;
    this.size = size;
  }

  /**
   * @param in whether a pixel belongs to it, by its place in row order
   */
  public static PixelSet of(int width, int height, IntPredicate in) {
    boolean[] member = new boolean[width * height];
    int size = 0;
    for (int i = 0; i < member.length; i++) {
      member[i] = in.test(i);
      size += member[i] ? 1 : 0;
    }
    return new PixelSet(width, height, member, size);
  }

  /** The pixels that a region touches, be it in part. */
  public static PixelSet touchedBy(RegionMask region) {
    int width = region.width();
    return of(width, region.height(), i -> region.at(i % width, i / width) > 0);
  }

  /** The pixels that lie in a box, be it in part. */
  public static PixelSet touching(int width, int height, RegionMask.Box box) {
    return of(
        width,
        height,
        i ->
            i % width + 1 > box.left()
                && i % width < box.right()
                && i / width + 1 > box.top()
                && i / width < box.bottom());
  }

  /** All pixels that are not in this one. */
  public PixelSet complement() {
    return of(width, height, i -> !in[i]);
  }

  /** The pixels that are in both. */
  public PixelSet and(PixelSet other) {
    return of(width, height, i -> in[i] && other.in[i]);
  }

  /** The same shape elsewhere; what would lie outside of the picture is lost. */
  PixelSet moved(int right, int down) {
    return of(
        width,
        height,
        i -> {
          int x = i % width - right;
          int y = i / width - down;
          return x >= 0 && y >= 0 && x < width && y < height && in[y * width + x];
        });
  }

  /** Width of the picture, pixels. */
  public int width() {
    return width;
  }

  /** Height of the picture, pixels. */
  public int height() {
    return height;
  }

  /** How many pixels are in it. */
  public int size() {
    return size;
  }

  /** Whether a pixel is in it, by its place in row order. */
  public boolean has(int pixel) {
    return in[pixel];
  }
}
