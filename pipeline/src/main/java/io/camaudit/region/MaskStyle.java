package io.camaudit.region;

import io.camaudit.region.RegionProblems.Kind;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the values of a folder's masks stand for. */
enum MaskStyle {
  /** Whatever is not black is the region, of no category. */
  BINARY(null),
  /** As {@link #BINARY}, with shades between black and white at the edges. */
  SOFT(Kind.SOFT_MASK),
  /** 1 is the object, 2 the background, 3 the border between them (Oxford-IIIT Pets). */
  TRIMAP(Kind.TRIMAP),
  /** White is the object, black the background, the middle unknown (alpha matting). */
  MATTE(Kind.MATTE),
  /** Each value but 0 is a class or a thing. */
  INDEX(Kind.INDEX_MASK),
  /** Each colour but black is a class or a thing. */
  COLOUR(Kind.COLOUR_MASK),
  /** The colours of Pascal VOC's palette. */
  VOC(Kind.VOC_MASK);

  /** So many colours may be classes even where one of them is nearly everything. */
  private static final int MOST_EDGES = 16;

  private final Kind kind;

  MaskStyle(Kind kind) {
    this.kind = kind;
  }

  /** What the user is told; null for what goes without saying. */
  Kind kind() {
    return kind;
  }

  /**
   * Judges grey masks by all their values together, for one of them may hold but one class.
   *
   * @param pixels how many pixels have each value
   * @param white the value of white
   */
  static MaskStyle ofGrey(Map<Integer, Long> pixels, int white) {
    Set<Integer> values = new TreeSet<>(pixels.keySet());
    if (Set.of(1, 2, 3).containsAll(values) && values.contains(1) && values.contains(2)) {
      return TRIMAP;
    }
    if (values.stream().filter(value -> value > 0).count() <= 1) {
      return BINARY;
    }
    if (white >= 255
        && values.size() == 3
        && values.contains(0)
        && values.contains(white)
        && values.stream().anyMatch(value -> Math.abs(value - white / 2.0) <= white / 200.0)) {
      return MATTE;
    }
    // A border of 255 (ignored by training programs) is thin; the object of a soft mask is not.
    long lit =
        pixels.entrySet().stream().filter(e -> e.getKey() > 0).mapToLong(Map.Entry::getValue).sum();
    long all = pixels.values().stream().mapToLong(Long::longValue).sum();
    long extremes = pixels.getOrDefault(0, 0L) + pixels.getOrDefault(white, 0L);
    if (values.contains(0)
        && white >= 255
        && pixels.getOrDefault(white, 0L) * 2 > lit
        && extremes * 10 >= all * 8) {
      return SOFT;
    }
    return INDEX;
  }

  /** Judges masks of colours, of which at least one is no shade of grey. */
  static MaskStyle ofColours(Map<Integer, Long> pixels) {
    Set<Integer> colours = new TreeSet<>(pixels.keySet());
    colours.remove(0);
    if (colours.size() <= 1) {
      return BINARY;
    }
    if (colours.size() > MOST_EDGES) {
      long all = pixels.values().stream().mapToLong(Long::longValue).sum();
      long most = colours.stream().mapToLong(pixels::get).max().getAsLong();
      if ((most + pixels.getOrDefault(0, 0L)) * 10 >= all * 8) {
        return BINARY; // one colour on black, and what smooth edges make of the two
      }
    }
    return VocPalette.isVoc(colours) ? VOC : COLOUR;
  }
}
