package io.camaudit.region;

import io.camaudit.UserException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Boxes in a manifest's columns: {@code x, y, width, height} or {@code xmin, ymin, xmax, ymax}, in
 * pixels of the upright photograph, counted from 0, the far edges exclusive. They are of the row's
 * label, if it has one.
 */
public final class BoxColumns {
  private static final List<String> SIZED = List.of("x", "y", "width", "height");
  private static final List<String> CORNERS = List.of("xmin", "ymin", "xmax", "ymax");

  private BoxColumns() {}

  /** Whether a manifest with these columns has boxes. */
  public static boolean in(Set<String> columns) {
    return columns.containsAll(SIZED) || columns.containsAll(CORNERS);
  }

  /**
   * The box of one row.
   *
   * @param row values by column, as text; other columns are left alone
   * @param where file and line, for messages
   * @return empty if the row leaves all four columns empty
   * @throws UserException if some but not all are given, or one is no number, or there is no area
   */
  public static Optional<Box> read(Map<String, String> row, String where) {
    List<String> names = row.keySet().containsAll(CORNERS) ? CORNERS : SIZED;
    double[] values = new double[4];
    int given = 0;
    for (int i = 0; i < 4; i++) {
      String text = row.get(names.get(i));
      if (text != null && !text.isBlank()) {
        values[i] = number(text.strip(), names.get(i), where);
        given++;
      }
    }
    if (given == 0) {
      return Optional.empty();
    }
    if (given < 4) {
      throw Place.error(
          String.format(
              Locale.ROOT,
              "%s: a box wants all of %s, %d of them are given.",
              where,
              String.join(", ", names),
              given));
    }
    Box box =
        names == CORNERS
            ? new Box(values[0], values[1], values[2], values[3])
            : Box.ofSize(values[0], values[1], values[2], values[3]);
    if (box.bounds() == null) {
      throw Place.error(
          String.format(
              Locale.ROOT,
              "%s: the box %s = %s, %s, %s, %s has no area.",
              where,
              String.join(", ", names),
              values[0],
              values[1],
              values[2],
              values[3]));
    }
    return Optional.of(box);
  }

  private static double number(String text, String column, String where) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw Place.error(
        String.format(
            Locale.ROOT, "%s: column %s wants a number, got \"%s\".", where, column, text));
  }
}
