package io.camaudit.region;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What the pixels of a folder's masks mean, decided once for all of them.
 *
 * @param grey of masks of shades
 * @param colour of masks of colours
 * @param shadesAreColours whether a colour picture that happens to hold shades only is one of
 *     colours
 * @param voidIsCategory whether the mapping speaks of the value that otherwise marks borders
 */
record MaskMeaning(
    MaskStyle grey, MaskStyle colour, boolean shadesAreColours, boolean voidIsCategory)
    implements Serializable {
  /** Training programs leave pixels of this value out. */
  private static final int VOID = 255;

  /** How a picture is read. */
  MaskStyle styleOf(MaskPicture picture) {
    return switch (picture.form()) {
      case GREY -> grey;
      case COLOUR -> shadesAreColours || !picture.isShades() ? colour : grey;
      case INDEX -> picture.palette() == VocPalette.VOC ? MaskStyle.VOC : MaskStyle.INDEX;
      case CUT_OUT -> MaskStyle.BINARY;
    };
  }

  /** The regions in a picture. */
  List<Annotation> annotations(MaskPicture read) {
    if (read.isPhotograph()) {
      throw Place.error("the picture has too many shades or colours to be a mask.");
    }
    MaskStyle style = styleOf(read);
    MaskPicture picture =
        read.form() == MaskPicture.Form.COLOUR
                && style == grey
                && read.isShades()
                && !shadesAreColours
            ? read.asGrey()
            : read;
    int white = picture.white();
    int[] values = picture.values();
    return switch (style) {
      case BINARY -> one(picture, value -> value != 0);
      case SOFT -> one(picture, value -> value > white / 2);
      case MATTE -> one(picture, value -> value > white / 4 * 3);
      case TRIMAP -> one(picture, value -> value == 1);
      case INDEX, COLOUR, VOC -> {
        List<Annotation> annotations = new ArrayList<>();
        for (int value : Arrays.stream(values).filter(v -> v > 0).distinct().sorted().toArray()) {
          Category category = category(picture, style, value);
          if (category != null) {
            annotations.add(new Annotation(category, runs(picture, v -> v == value)));
          }
        }
        yield annotations;
      }
    };
  }

  /** Null for the border between things. */
  private Category category(MaskPicture picture, MaskStyle style, int value) {
    String text = Integer.toString(value);
    if (picture.form() == MaskPicture.Form.INDEX) {
      if (picture.palette().isVoid(value)) {
        return null;
      }
      String name = picture.palette().name(value);
      return new Category(text, name != null ? name : MaskColour.of(picture.colours()[value]));
    }
    if (style == MaskStyle.VOC) {
      String name = VocPalette.nameOf(value);
      return name == null ? null : new Category(MaskColour.of(value), name);
    }
    if (style == MaskStyle.COLOUR) {
      return new Category(MaskColour.of(value), null);
    }
    return value == VOID && picture.white() == VOID && !voidIsCategory
        ? null
        : new Category(text, null);
  }

  private static List<Annotation> one(MaskPicture picture, IntPredicate inside) {
    return Arrays.stream(picture.values()).anyMatch(inside)
        ? List.of(new Annotation(null, runs(picture, inside)))
        : List.of();
  }

  private static Runs runs(MaskPicture picture, IntPredicate wanted) {
    int width = picture.width();
    int height = picture.height();
    int[] values = picture.values();
    int[] counts = new int[16];
    int n = 0;
    boolean inside = false;
    int length = 0;
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        if (wanted.test(values[y * width + x]) != inside) {
          if (n + 1 == counts.length) {
            counts = Arrays.copyOf(counts, 2 * n + 2);
          }
          counts[n++] = length;
          length = 0;
          inside = !inside;
        }
        length++;
      }
    }
    counts[n++] = length;
    return new Runs(width, height, Arrays.copyOf(counts, n));
  }
}
