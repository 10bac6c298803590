package io.camaudit.region;

import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a mask's palette says about its indices. */
enum VocPalette {
  /** No palette, or one that only paints black and white: indices say nothing. */
  NONE,
  /** A palette of some other meaning. */
  OTHER,
  /** The palette of Pascal VOC's segmentations. */
  VOC;

  private static final int VOID = 255;
  private static final List<String> NAMES =
      List.of(
          "background",
          "aeroplane",
          "bicycle",
          "bird",
          "boat",
          "bottle",
          "bus",
          "car",
          "cat",
          "chair",
          "cow",
          "diningtable",
          "dog",
          "horse",
          "motorbike",
          "person",
          "pottedplant",
          "sheep",
          "sofa",
          "train",
          "tvmonitor");

  private static final Map<Integer, Integer> BY_COLOUR = byColour();

  static VocPalette of(ColorModel model) {
    if (!(model instanceof IndexColorModel palette) || palette.getMapSize() <= 2) {
      return NONE;
    }
    boolean grey = true;
    boolean voc = palette.getMapSize() >= NAMES.size();
    for (int i = 0; i < palette.getMapSize(); i++) {
      int rgb = palette.getRGB(i) & 0xFFFFFF;
      grey &= (rgb >> 16) == (rgb & 0xFF) && ((rgb >> 8) & 0xFF) == (rgb & 0xFF);
      voc &= i >= NAMES.size() || rgb == colour(i);
    }
    if (grey) {
      return NONE;
    }
    return voc ? VOC : OTHER;
  }

  boolean hasCategories() {
    return this != NONE;
  }

  boolean isVoid(int index) {
    return this == VOC && index == VOID;
  }

  /** The class's name; null where the palette does not tell. */
  String name(int index) {
    return this == VOC && index < NAMES.size() ? NAMES.get(index) : null;
  }

  /** Whether several colours are all VOC's, black apart. */
  static boolean isVoc(Collection<Integer> colours) {
    return colours.size() > 2 && BY_COLOUR.keySet().containsAll(colours);
  }

  /** The class's name of a colour; null for that of the border. */
  static String nameOf(int rgb) {
    int index = BY_COLOUR.get(rgb);
    return index == VOID ? null : NAMES.get(index);
  }

  private static Map<Integer, Integer> byColour() {
    Map<Integer, Integer> indices = new HashMap<>();
    for (int i = 1; i < NAMES.size(); i++) {
      indices.put(colour(i), i);
    }
    indices.put(colour(VOID), VOID);
    return indices;
  }

  /** VOC's colour of an index: its bits dealt in turn to red, green and blue, highest first. */
  private static int colour(int index) {
    int rgb = 0;
    for (int bit = 0; bit < 8; bit++) {
      int place = 7 - bit / 3;
      rgb |= ((index >> bit) & 1) << (place + 16 - 8 * (bit % 3));
    }
    return rgb;
  }
}
