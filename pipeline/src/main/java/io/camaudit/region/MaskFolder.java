package io.camaudit.region;

import io.camaudit.UserException;
import io.camaudit.region.RegionProblems.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder of mask images that mirrors the images' folder. A number of them spread evenly over the
 * folder is looked at to say what their values mean ({@link MaskStyle}); the others are opened when
 * their image's turn comes.
 */
final class MaskFolder {
  /** Formats that keep a mask's values; JPEG smears them. */
  static final List<String> EXTENSIONS = List.of(".png", ".bmp", ".gif", ".tif", ".tiff");

  /** As many as tell what a folder holds, and as few as take no more than seconds. */
  static final int LOOKED_AT = 200;

  private final RegionClasses classes;
  private final RegionProblems.Tally tally;

  // Of all masks of a form together: one of them may hold but one class.
  private final Map<Integer, Long> shades = new HashMap<>();
  private final Map<Integer, Long> colours = new HashMap<>();
  private int white;
  private boolean trueColours;
  private final Map<Integer, Long> shadesOfColours = new HashMap<>();
  private final Map<String, MaskPicture.Form> looked = new TreeMap<>();
  private final Set<String> broken = new HashSet<>();
  private UserException first;

  private MaskFolder(RegionClasses classes, RegionProblems.Tally tally) {
    this.classes = classes;
    this.tally = tally;
  }

  static boolean isMask(String lowerCaseName) {
    return EXTENSIONS.stream().anyMatch(lowerCaseName::endsWith);
  }

  /**
   * Masks by their path in the folder.
   *
   * @throws UserException if none of those looked at is a mask
   */
  static List<AnnotatedImage> read(
      SortedMap<String, Path> files, RegionClasses classes, RegionProblems.Tally tally) {
    return new MaskFolder(classes, tally).read(files);
  }

  private List<AnnotatedImage> read(SortedMap<String, Path> files) {
    List<String> names = new ArrayList<>(files.keySet());
    int step = Math.max(1, (names.size() + LOOKED_AT - 1) / LOOKED_AT);
    for (int i = 0; i < names.size(); i += step) {
      look(names.get(i), files.get(names.get(i)));
    }
    if (looked.isEmpty()) {
      throw Place.error(first.getMessage() + " None of the masks looked at can be read.", first);
    }
    MaskMeaning meaning = meaning();
    List<AnnotatedImage> masks = new ArrayList<>();
    for (String name : names) {
      if (!broken.contains(name)) {
        MaskFile mask = new MaskFile(name, files.get(name).toString(), meaning);
        masks.add(mask);
        if (looked.containsKey(name)) {
          tell(mask);
        }
      }
    }
    return masks;
  }

  private void look(String name, Path file) {
    MaskPicture picture;
    try {
      picture = MaskPicture.read(file.toString());
    } catch (UserException e) {
      broken.add(name);
      first = first == null ? e : first;
      tally.add(
          Kind.BROKEN_MASK,
          name,
          e.getMessage().replaceFirst("^.*?: ", "").replaceFirst("[.]$", ""));
      return;
    }
    if (picture.form() != MaskPicture.Form.CUT_OUT) {
      Map<Integer, Long> pixels = picture.histogram();
      boolean indexed = picture.form() == MaskPicture.Form.INDEX;
      if (picture.isPhotograph()) {
        broken.add(name);
        first =
            first != null
                ? first
                : Place.error(file + ": the picture has too many shades or colours to be a mask.");
        tally.add(Kind.NO_MASK, name);
        return;
      }
      if (indexed) {
        // Its palette says what its indices are.
      } else if (picture.form() == MaskPicture.Form.GREY) {
        pixels.forEach((value, count) -> shades.merge(value, count, Long::sum));
        white = Math.max(white, picture.white());
      } else if (picture.isShades()) {
        pixels.forEach((value, count) -> colours.merge(value, count, Long::sum));
        pixels.forEach((value, count) -> shadesOfColours.merge(value & 0xFF, count, Long::sum));
      } else {
        pixels.forEach((value, count) -> colours.merge(value, count, Long::sum));
        trueColours = true;
      }
    }
    looked.put(name, picture.form());
  }

  private MaskMeaning meaning() {
    if (!trueColours && !shadesOfColours.isEmpty()) {
      shadesOfColours.forEach((value, count) -> shades.merge(value, count, Long::sum));
      white = Math.max(white, 255);
    }
    MaskStyle grey = classes.mapsNumbers() ? MaskStyle.INDEX : MaskStyle.ofGrey(shades, white);
    MaskStyle colour = classes.mapsColours() ? MaskStyle.COLOUR : MaskStyle.ofColours(colours);
    return new MaskMeaning(grey, colour, trueColours || classes.mapsColours(), classes.maps("255"));
  }

  /** Says what a mask was taken for, and of its categories what there is to say. */
  private void tell(MaskFile mask) {
    MaskPicture picture = MaskPicture.read(mask.file());
    MaskStyle style = mask.meaning().styleOf(picture);
    if (picture.form() == MaskPicture.Form.CUT_OUT) {
      tally.add(Kind.CUT_OUT, mask.name());
    } else if (style.kind() != null) {
      tally.add(style.kind(), mask.name());
    }
    mask.meaning()
        .annotations(picture)
        .forEach(annotation -> classes.tell(annotation.category(), tally));
  }
}
