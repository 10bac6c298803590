package io.camaudit.input;

import io.camaudit.region.BoxColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which of a table's columns hold the image and its label. {@code image} and {@code label} are
 * taken whatever else there is; of other names that people give them the first known one, which is
 * told.
 *
 * @param image place of the column, from 0
 * @param label place of the column; -1 if there is none
 */
record ManifestColumns(int image, int label) {
  private static final List<String> IMAGES =
      List.of(
          "image",
          "filename",
          "file_name",
          "file",
          "filepath",
          "file_path",
          "path",
          "image_path",
          "imagepath",
          "image_file",
          "image_filename",
          "image_name",
          "imagename",
          "img",
          "img_path",
          "img_name",
          "image_url",
          "picture",
          "photo",
          "uri",
          "url",
          "image_id",
          "name",
          "id");

  /** Names before numbers, which may count otherwise than the model does. */
  private static final List<String> LABELS =
      List.of(
          "label",
          "class_name",
          "classname",
          "label_name",
          "category_name",
          "class",
          "category",
          "labels",
          "classes",
          "wnid",
          "synset",
          "species",
          "breed",
          "tag",
          "annotation",
          "target",
          "ground_truth",
          "gt",
          "y",
          "class_id",
          "label_id",
          "category_id",
          "class_index",
          "class_idx",
          "label_index",
          "label_idx");

  /** Other names of the columns of a box. */
  private static final Map<String, String> BOXES =
      Map.ofEntries(
          Map.entry("x_min", "xmin"),
          Map.entry("y_min", "ymin"),
          Map.entry("x_max", "xmax"),
          Map.entry("y_max", "ymax"),
          Map.entry("x1", "xmin"),
          Map.entry("y1", "ymin"),
          Map.entry("x2", "xmax"),
          Map.entry("y2", "ymax"));

  /** What stands in a column that is a class's, in tables with a column a class. */
  private static final Pattern MARK = Pattern.compile("(?i)[01](\\.0*)?|true|false");

  /** So many columns of marks are more than a chance. */
  private static final int SEVERAL = 2;

  private static final int COLUMNS_SAID = 3;

  /**
   * The columns of a header.
   *
   * @param names as {@link #plain} has them
   * @return empty if none can be the image's
   */
  static Optional<ManifestColumns> named(List<String> names) {
    int image = first(IMAGES, names, -1);
    return image < 0
        ? Optional.empty()
        : Optional.of(new ManifestColumns(image, labels(names, image)));
  }

  /**
   * The columns of a header whose image column has a name of its own, by what the first row holds.
   */
  static Optional<ManifestColumns> shown(List<String> names, List<String> row) {
    List<Integer> images = imagesIn(row);
    return images.size() != 1 || images.get(0) >= names.size()
        ? Optional.empty()
        : Optional.of(new ManifestColumns(images.get(0), labels(names, images.get(0))));
  }

  /**
   * The columns of a table without a header, by its first row: one name of an image, and one other
   * cell, or but one that is no number. A count of the rows may stand in front.
   */
  static Optional<ManifestColumns> headless(List<String> row) {
    List<Integer> images = imagesIn(row);
    if (images.size() != 1) {
      return Optional.empty();
    }
    int image = images.get(0);
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      boolean count = i == 0 && image > 0 && row.get(0).matches("\\d+");
      if (i != image && !count && !row.get(i).isBlank()) {
        others.add(i);
      }
    }
    if (others.size() > 1) {
      others.removeIf(i -> row.get(i).matches("[-+]?[0-9.]+"));
    }
    return others.size() > 1 || (others.isEmpty() && row.size() > 2)
        ? Optional.empty()
        : Optional.of(new ManifestColumns(image, others.isEmpty() ? -1 : others.get(0)));
  }

  /** Header names as they are compared: lower case, words with underscores between. */
  static List<String> plain(List<String> header) {
    return header.stream()
        .map(name -> name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_"))
        .map(name -> BOXES.getOrDefault(name, name))
        .collect(Collectors.toList());
  }

  static boolean isImageColumn(String plainName) {
    return IMAGES.contains(plainName);
  }

  static boolean isLabelColumn(String plainName) {
    return LABELS.contains(plainName);
  }

  /**
   * Says which columns were taken, unless their names are the very ones that are asked for, and
   * which may have been meant for labels.
   *
   * @param row the first one
   */
  void tell(String location, List<String> header, List<String> row, Consumer<String> notes) {
    tellTaken(location, header, notes);
    List<String> marks = marks(header, row);
    if (label < 0 && marks.size() >= SEVERAL) {
      int more = marks.size() - COLUMNS_SAID;
      notes.accept(
          String.format(
              Locale.ROOT,
              "%s: the numbers in its columns \"%s\"%s are not taken for labels; if they mark classes, write the names of"
                  + " an image's classes into a column \"label\", such as cat|dog.",
              location,
              marks.stream().limit(COLUMNS_SAID).collect(Collectors.joining("\", \"")),
              more > 0 ? String.format(Locale.ROOT, " and %,d more", more) : ""));
    }
  }

  /** The columns with a 0 or a 1 in them, where these are not of a box. */
  private List<String> marks(List<String> header, List<String> row) {
    if (BoxColumns.in(Set.copyOf(plain(header)))) {
      return List.of();
    }
    return IntStream.range(0, Math.min(header.size(), row.size()))
        .filter(i -> i != image && MARK.matcher(row.get(i).strip()).matches())
        .mapToObj(header::get)
        .filter(name -> !name.isBlank()) // a count of the rows
        .toList();
  }

  private void tellTaken(String location, List<String> header, Consumer<String> notes) {
    boolean plainImage = header.get(image).strip().equalsIgnoreCase("image");
    boolean plainLabel = label >= 0 && header.get(label).strip().equalsIgnoreCase("label");
    if (plainImage && (plainLabel || label < 0)) {
      return;
    }
    notes.accept(
        String.format(
            Locale.ROOT,
            "%s: the images are taken from its column \"%s\", %s.",
            location,
            header.get(image),
            label < 0
                ? "and it has none for labels"
                : String.format(Locale.ROOT, "the labels from \"%s\"", header.get(label))));
  }

  private static List<Integer> imagesIn(List<String> row) {
    List<Integer> images = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      if (ImageNames.isImage(row.get(i))) {
        images.add(i);
      }
    }
    return images;
  }

  /** A y is a label as in machine learning, and a place on the photograph beside an x. */
  private static int labels(List<String> names, int image) {
    int x = names.indexOf("x");
    boolean places = x >= 0 && x != image;
    return first(
        places ? LABELS.stream().filter(name -> !name.equals("y")).toList() : LABELS, names, image);
  }

  private static int first(List<String> known, List<String> names, int except) {
    for (String name : known) {
      int place = names.indexOf(name);
      if (place >= 0 && place != except) {
        return place;
      }
    }
    return -1;
  }
}
