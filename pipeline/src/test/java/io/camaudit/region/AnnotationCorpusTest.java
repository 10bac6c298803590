package io.camaudit.region;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.UserException;
import io.camaudit.region.RegionSource.Counting;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.Placement;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Annotation files in the variants that people have, each with what has to come of it, written down
 * by hand: pixels of the 8 x 4 picture {@code a.jpg} in the region of a fish and in that of a dog,
 * and the kinds of things that are told. Prints a table of what was taken how.
 */
class AnnotationCorpusTest {
  private static final List<ClassLabel> LABELS =
      List.of(new ClassLabel(0, "n01", List.of("fish")), new ClassLabel(1, "n02", List.of("dog")));
  private static final String IMAGE =
      "{\"id\": 1, \"file_name\": \"a.jpg\", \"width\": 8, \"height\": 4}";
  private static final String CATEGORIES =
      "[{\"id\": 1, \"name\": \"fish\"}, {\"id\": 2, \"name\": \"dog\"}]";
  private static final String GOOD =
      "{\"id\": 9, \"image_id\": 1, \"category_id\": 1, \"bbox\": [0, 0, 2, 2]}";
  private static final int GREY = BufferedImage.TYPE_BYTE_GRAY;
  private static final int RGB = BufferedImage.TYPE_INT_RGB;

  @TempDir Path folder;
  private final List<Case> cases = new ArrayList<>();

  private interface Setup {
    /** Writes files below a folder; answers what {@code --regions} is to be. */
    Path write(Path folder) throws IOException;
  }

  private record Case(
      String format,
      String variant,
      Setup setup,
      Counting counting,
      String mapping,
      double fish,
      double dog,
      String told,
      String error) {
    Case mapped(String yaml) {
      return new Case(format, variant, setup, counting, yaml, fish, dog, told, error);
    }

    Case any() {
      return new Case(format, variant, setup, Counting.ANY, mapping, fish, dog, told, error);
    }
  }

  /** Read: so many pixels of each class, and these kinds told. */
  private static Case read(
      String format, String variant, Setup setup, double fish, double dog, String... told) {
    return new Case(
        format, variant, setup, Counting.LABEL, null, fish, dog, sorted(List.of(told)), null);
  }

  /** Refused, in words that hold these. */
  private static Case refused(String format, String variant, Setup setup, String words) {
    return new Case(format, variant, setup, Counting.LABEL, null, 0, 0, "", words);
  }

  private static String sorted(List<String> kinds) {
    return String.join(" ", new TreeSet<>(kinds));
  }

  @Test
  void everyVariantIsTakenAsWrittenDown() throws IOException {
    boxesAndPolygons();
    brokenEntries();
    idsAndNames();
    cocoFiles();
    lvis();
    voc();
    vocFolders();
    masks();
    classMasks();
    maskFolders();
    List<String> wrong = new ArrayList<>();
    StringBuilder table = new StringBuilder();
    int number = 0;
    for (Case one : cases) {
      Path place = Files.createDirectory(folder.resolve("case" + number++));
      String wanted = outcome(one.fish(), one.dog(), one.told(), one.error());
      String got = take(one, place);
      boolean right = one.error() == null ? got.equals(wanted) : got.contains(one.error());
      table.append(String.format(Locale.ROOT, "%-5s %-46s %s%n", one.format(), one.variant(), got));
      if (!right) {
        wrong.add(one.format() + " " + one.variant() + ": wanted " + wanted + ", got " + got);
      }
    }
    System.out.println(number + " annotation files and how they were taken\n" + table);
    assertThat(wrong).isEmpty();
    assertThat(number).isGreaterThanOrEqualTo(60);
  }

  private static String outcome(double fish, double dog, String told, String error) {
    return error != null
        ? "refused: " + error
        : String.format(Locale.ROOT, "fish %.1f, dog %.1f %s", fish, dog, told).strip();
  }

  private static String take(Case one, Path place) throws IOException {
    String mapping = null;
    if (one.mapping() != null) {
      mapping = Files.writeString(place.resolve("map.yaml"), one.mapping()).toString();
    }
    try {
      Path regions = one.setup().write(Files.createDirectory(place.resolve("regions")));
      RegionSet set =
          new RegionSource(regions.toString(), one.counting(), mapping)
              .load(LABELS)
              .matchedTo(List.of("a.jpg"));
      String told =
          set.problems().problems().stream()
              .map(problem -> problem.kind().name())
              .collect(
                  Collectors.collectingAndThen(Collectors.toList(), AnnotationCorpusTest::sorted));
      return outcome(area(set, 0), area(set, 1), told, null);
    } catch (UserException e) {
      return outcome(0, 0, "", e.getMessage().replace(place.toString() + "/", ""));
    }
  }

  private static double area(RegionSet set, int label) {
    return set.region("a.jpg", label, new PhotoFrame(8, 4, 1))
        .flatMap(region -> region.rasterise(new Placement(0, 0, 1, 1, 8, 8)))
        .map(mask -> mask.area())
        .orElse(0.0);
  }

  private void boxesAndPolygons() {
    String square = "1, 1, 3, 1, 3, 3, 1, 3";
    coco("box", "\"bbox\": [1, 1, 2, 2]", 4);
    coco("polygon", "\"segmentation\": [[" + square + "]]", 4);
    coco("two polygons", "\"segmentation\": [[" + square + "], [5, 0, 8, 0, 8, 1, 5, 1]]", 7);
    coco("flat polygon", "\"segmentation\": [" + square + "]", 4, "FLAT_POLYGON");
    coco(
        "polygon of pairs",
        "\"segmentation\": [[1, 1], [3, 1], [3, 3], [1, 3]]",
        4,
        "FLAT_POLYGON");
    coco(
        "list of polygons of pairs",
        "\"segmentation\": [[[1, 1], [3, 1], [3, 3], [1, 3]]]",
        4,
        "FLAT_POLYGON");
    coco("run lengths", "\"segmentation\": {\"size\": [4, 8], \"counts\": [0, 4, 28]}", 4);
    // 0, 4, 28 by maskApi.c: '0' + 0, '0' + 4, then 28 with the sign's bit set, so that more
    // follows.
    coco(
        "compressed run lengths",
        "\"segmentation\": {\"size\": [4, 8], \"counts\": \"04l0\"}, \"iscrowd\": 1",
        4);
    coco("empty segmentation and box", "\"segmentation\": [], \"bbox\": [1, 1, 2, 2]", 4);
    coco("null segmentation and box", "\"segmentation\": null, \"bbox\": [1, 1, 2, 2]", 4);
    coco("null box and polygon", "\"bbox\": null, \"segmentation\": [[" + square + "]]", 4);
    coco("broken box and polygon", "\"bbox\": [1], \"segmentation\": [[" + square + "]]", 4);
    coco("numbers as text", "\"bbox\": [\"1\", \"1\", \"2\", \"2\"]", 4);
    coco("NaN in an unread field", "\"bbox\": [1, 1, 2, 2], \"area\": NaN, \"s\": -Infinity", 4);
    coco("box over the edge", "\"bbox\": [6, 0, 4, 4]", 8, "OUTSIDE_IMAGE");
    coco(
        "polygon of two points and box",
        "\"segmentation\": [[1, 1, 2, 2]], \"bbox\": [1, 1, 2, 2]",
        4,
        "EMPTY_SHAPE");
    coco(
        "run lengths that break off, and box",
        "\"segmentation\": {\"size\": [4, 8], \"counts\": \"04l\"}, \"bbox\": [1, 1, 2, 2]",
        4,
        "BROKEN_SEGMENTATION");
    coco(
        "one polygon of two with null",
        "\"segmentation\": [[" + square + "], [5, null, 8, 0, 8, 1]]",
        4,
        "BROKEN_SEGMENTATION");
  }

  /** Each beside a good annotation of four pixels. */
  private void brokenEntries() {
    for (String[] broken :
        new String[][] {
          {"null in a box", "{\"image_id\": 1, \"category_id\": 1, \"bbox\": [1, null, 2, 2]}"},
          {"NaN in a box", "{\"image_id\": 1, \"category_id\": 1, \"bbox\": [1, NaN, 2, 2]}"},
          {"a word in a box", "{\"image_id\": 1, \"category_id\": 1, \"bbox\": [1, \"x\", 2, 2]}"},
          {"a box of three", "{\"image_id\": 1, \"category_id\": 1, \"bbox\": [1, 2, 2]}"},
          {"a box of words", "{\"image_id\": 1, \"category_id\": 1, \"bbox\": \"1 2 2 2\"}"},
          {
            "run lengths of another sum",
            "{\"image_id\": 1, \"category_id\": 1, \"segmentation\": {\"size\": [4, 8], \"counts\": [1, 2]}}"
          },
          {
            "run lengths without size",
            "{\"image_id\": 1, \"category_id\": 1, \"segmentation\": {\"counts\": [1, 2], \"x\": [{}]}}"
          },
          {"no image_id", "{\"category_id\": 1, \"bbox\": [1, 1, 2, 2]}"},
          {"image_id null", "{\"image_id\": null, \"category_id\": 1, \"bbox\": [1, 1, 2, 2]}"},
          {"a number for an annotation", "17"},
          {"a list for an annotation", "[[{}], 3]"},
        }) {
      cases.add(
          read(
              "COCO",
              broken[0],
              json(document(IMAGE, broken[1] + ", " + GOOD, CATEGORIES)),
              4,
              0,
              "BROKEN_ANNOTATION"));
    }
    cases.add(
        refused(
            "COCO",
            "every annotation broken",
            json(document(IMAGE, "{\"image_id\": 1, \"bbox\": [1, 2]}, 3", CATEGORIES)),
            "a bbox is [x, y, width, height], this one has 2 numbers"));
    cases.add(
        read(
            "COCO",
            "an image without name beside a good one",
            json(document("{\"id\": 2}, " + IMAGE, GOOD, CATEGORIES)),
            4,
            0,
            "BROKEN_IMAGE"));
    cases.add(
        read(
            "COCO",
            "a category without id beside good ones",
            json(document(IMAGE, GOOD, CATEGORIES.replace("[{", "[{\"name\": \"x\"}, {"))),
            4,
            0,
            "BROKEN_CATEGORY"));
  }

  private void idsAndNames() {
    String good = GOOD;
    for (String[] id :
        new String[][] {{"text", "\"1\""}, {"decimals", "1.0"}, {"zeros", "\"0001\""}}) {
      cases.add(
          read(
              "COCO",
              "image_id with " + id[0],
              json(
                  document(
                      IMAGE,
                      good.replace("\"image_id\": 1", "\"image_id\": " + id[1]),
                      CATEGORIES)),
              4,
              0,
              "OTHER_FORM_OF_ID"));
    }
    cases.add(
        read(
            "COCO",
            "category_id with text",
            json(
                document(
                    IMAGE,
                    good.replace("\"category_id\": 1", "\"category_id\": \"1\""),
                    CATEGORIES)),
            4,
            0,
            "OTHER_FORM_OF_ID"));
    cases.add(
        read(
            "COCO",
            "an image id twice",
            json(document(IMAGE + ", " + IMAGE.replace("a.jpg", "b.jpg"), GOOD, CATEGORIES)),
            0,
            0,
            "SHARED_ID"));
    cases.add(
        read(
            "COCO",
            "the same image twice",
            json(document(IMAGE + ", " + IMAGE, GOOD, CATEGORIES)),
            4,
            0));
    for (String[] name :
        new String[][] {
          {"images/train/a.jpg", ""},
          {".\\\\images\\\\a.jpg", ""},
          {"a.png", ""},
          {"a", ""},
          {"A.JPG", "OTHER_FORM_OF_NAME"},
        }) {
      String[] told = name[1].isEmpty() ? new String[0] : new String[] {name[1]};
      cases.add(
          read(
              "COCO",
              "file_name " + name[0],
              json(document(IMAGE.replace("a.jpg", name[0]), GOOD, CATEGORIES)),
              4,
              0,
              told));
    }
    cases.add(
        read(
            "COCO",
            "category in capitals",
            json(document(IMAGE, GOOD, CATEGORIES.replace("fish", "FISH"))),
            4,
            0,
            "OTHER_FORM_OF_CATEGORY"));
    Setup unicorn = json(document(IMAGE, GOOD, CATEGORIES.replace("fish", "unicorn")));
    cases.add(read("COCO", "an unknown category", unicorn, 0, 0, "UNKNOWN_CATEGORY"));
    cases.add(read("COCO", "an unknown category, any counts", unicorn, 4, 4).any());
    cases.add(read("COCO", "a category mapped by name", unicorn, 0, 4).mapped("unicorn: dog"));
    cases.add(read("COCO", "a category mapped by id", unicorn, 4, 4).mapped("1: [dog, fish]"));
    cases.add(
        read(
            "COCO",
            "category_id null",
            json(
                document(
                    IMAGE,
                    GOOD.replace("\"category_id\": 1", "\"category_id\": null"),
                    CATEGORIES)),
            0,
            0,
            "UNKNOWN_CATEGORY"));
    cases.add(
        read(
            "COCO",
            "an annotation of an unlisted image",
            json(
                document(
                    IMAGE,
                    GOOD + ", " + GOOD.replace("\"image_id\": 1", "\"image_id\": 5"),
                    CATEGORIES)),
            4,
            0,
            "IMAGE_NOT_LISTED"));
  }

  private void cocoFiles() {
    String document = document(IMAGE, GOOD, CATEGORIES);
    cases.add(
        read("COCO", "no size", json(document.replace(", \"width\": 8, \"height\": 4", "")), 4, 0));
    cases.add(
        read(
            "COCO",
            "size as text",
            json(document.replace("\"width\": 8", "\"width\": \"8\"")),
            4,
            0));
    cases.add(
        read("COCO", "size null", json(document.replace("\"width\": 8", "\"width\": null")), 4, 0));
    cases.add(
        read(
            "COCO",
            "annotated at twice the size",
            json(document.replace("\"width\": 8, \"height\": 4", "\"width\": 16, \"height\": 8")),
            1,
            0));
    cases.add(
        read(
            "COCO",
            "no categories",
            json("{\"images\": [" + IMAGE + "], \"annotations\": [" + GOOD + "]}"),
            0,
            0,
            "UNKNOWN_CATEGORY"));
    cases.add(
        read(
            "COCO",
            "categories null",
            json(document(IMAGE, GOOD, "null")),
            0,
            0,
            "UNKNOWN_CATEGORY"));
    cases.add(
        read(
            "COCO",
            "annotations first",
            json(
                "{\"annotations\": ["
                    + GOOD
                    + "], \"categories\": "
                    + CATEGORIES
                    + ", \"images\": ["
                    + IMAGE
                    + "]}"),
            4,
            0));
    cases.add(
        read("COCO", "a comma too many", json(document(IMAGE, GOOD + ",", CATEGORIES)), 4, 0));
    cases.add(read("COCO", "byte order mark", json("\ufeff" + document), 4, 0));
    cases.add(read("COCO", "UTF-16", bytes("r.json", document.getBytes(UTF_16)), 4, 0));
    cases.add(
        read(
            "COCO",
            "Latin-1",
            bytes(
                "r.json",
                document
                    .replace("{\"images", "{\"by\": \"Ren\u00e9\", \"images")
                    .getBytes(ISO_8859_1)),
            4,
            0,
            "OTHER_ENCODING"));
    cases.add(refused("COCO", "cut off", json(document.substring(0, 60)), "cannot be parsed"));
    cases.add(refused("COCO", "empty file", json(""), "expected the object of a COCO file"));
    cases.add(refused("COCO", "a list of results", json("[" + GOOD + "]"), "expected the object"));
    cases.add(
        refused("COCO", "no annotations", json("{\"images\": []}"), "it has no \"annotations\""));
    cases.add(
        refused(
            "COCO",
            "panoptic",
            json(
                document(
                    IMAGE,
                    "{\"image_id\": 1, \"file_name\": \"a.png\", \"segments_info\": [{\"id\": 3}]}",
                    CATEGORIES)),
            "a panoptic annotation"));
    cases.add(
        refused("COCO", "in a folder", f -> json(document).write(f).getParent(), "but r.json"));
  }

  private void lvis() {
    for (String[] variant :
        new String[][] {
          {"no file_name", "\"coco_url\": \"http://images.cocodataset.org/train2017/a.jpg\""},
          {"file_name null", "\"file_name\": null, \"coco_url\": \"http://h/train2017/a.jpg\""},
          {"address with query", "\"coco_url\": \"https://h/x/%61.jpg?size=l#top\""},
          {
            "its own fields",
            "\"coco_url\": \"http://h/a.jpg\", \"neg_category_ids\": [7], \"not_exhaustive_category_ids\": []"
          },
        }) {
      cases.add(
          read(
              "LVIS",
              variant[0],
              json(
                  document(
                      "{\"id\": 1, \"width\": 8, \"height\": 4, " + variant[1] + "}",
                      GOOD,
                      "[{\"id\": 1, \"name\": \"fish\", \"synset\": \"fish.n.01\", \"synonyms\": [\"fish\"],"
                          + " \"frequency\": \"c\", \"image_count\": 3}]")),
              4,
              0));
    }
    cases.add(
        refused(
            "LVIS",
            "neither name nor address",
            json(document("{\"id\": 1}", GOOD, CATEGORIES)),
            "image 1 has no \"file_name\""));
  }

  private void voc() {
    // 2..3 counted from one with their ends is two pixels wide and high.
    String object = object("fish", "2", "2", "3", "3");
    String good = annotation(object);
    cases.add(read("VOC", "plain", text("a.xml", good), 4, 0));
    cases.add(read("VOC", "suffix in capitals", text("a.XML", good), 4, 0));
    cases.add(read("VOC", "no suffix (Stanford Dogs)", text("a", good), 4, 0));
    cases.add(
        read(
            "VOC",
            "declared UTF-8",
            text("a.xml", "<?xml version='1.0' encoding='utf-8'?>\n" + good),
            4,
            0));
    cases.add(
        read(
            "VOC",
            "declared Latin-1",
            bytes(
                "a.xml",
                ("<?xml version='1.0' encoding='ISO-8859-1'?><!-- Ren\u00e9 -->" + good)
                    .getBytes(ISO_8859_1)),
            4,
            0));
    cases.add(
        read(
            "VOC",
            "Latin-1 that says nothing",
            bytes("a.xml", ("<!-- Ren\u00e9 -->" + good).getBytes(ISO_8859_1)),
            4,
            0,
            "OTHER_ENCODING"));
    cases.add(
        read(
            "VOC",
            "Latin-1 that says UTF-8",
            bytes(
                "a.xml",
                ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- Ren\u00e9 -->" + good)
                    .getBytes(ISO_8859_1)),
            4,
            0,
            "OTHER_ENCODING"));
    cases.add(read("VOC", "UTF-16", bytes("a.xml", good.getBytes(UTF_16)), 4, 0));
    cases.add(read("VOC", "byte order mark", text("a.xml", "\ufeff" + good), 4, 0));
    cases.add(
        read("VOC", "empty lines first", text("a.xml", "\n \n<?xml version='1.0'?>" + good), 4, 0));
    cases.add(
        read(
            "VOC",
            "an object without box",
            text("a.xml", annotation("<object><name>fish</name></object>" + object)),
            4,
            0,
            "EMPTY_SHAPE"));
    cases.add(
        read(
            "VOC",
            "a word for a number",
            text("a.xml", annotation(object("fish", "one", "1", "1", "1") + object)),
            4,
            0,
            "BROKEN_ANNOTATION"));
    cases.add(
        read(
            "VOC",
            "half a box",
            text("a.xml", annotation("<object><bndbox><xmin>1</xmin></bndbox></object>" + object)),
            4,
            0,
            "BROKEN_ANNOTATION"));
    cases.add(
        read(
            "VOC",
            "decimals",
            text("a.xml", annotation(object("fish", "1.5", "1", "2.5", "2"))),
            4,
            0));
    cases.add(
        read("VOC", "size of zero", text("a.xml", good.replace("<width>8<", "<width>0<")), 4, 0));
    cases.add(
        read(
            "VOC",
            "size unknown",
            text("a.xml", good.replace("<width>8<", "<width>unknown<")),
            4,
            0));
    cases.add(
        read(
            "VOC",
            "class in capitals",
            text("a.xml", annotation(object("DOG", "2", "2", "3", "3"))),
            0,
            4,
            "OTHER_FORM_OF_CATEGORY"));
    cases.add(
        read(
            "VOC",
            "an object without name",
            text("a.xml", annotation(object + object.replace("<name>fish</name>", ""))),
            4,
            0,
            "UNKNOWN_CATEGORY"));
    cases.add(refused("VOC", "empty file", text("a.xml", ""), "a.xml, line 1: cannot be parsed"));
    cases.add(
        refused(
            "VOC",
            "another root",
            text("a.xml", "<annotations><image/></annotations>"),
            "begins with <annotations>"));
  }

  private void vocFolders() {
    String good = annotation(object("fish", "2", "2", "3", "3"));
    Setup one = text("a.xml", good);
    for (String[] broken :
        new String[][] {
          {"an empty file", ""},
          {"a file cut off", good.substring(0, 50)},
          {"a document type", "<!DOCTYPE annotation><annotation/>"},
          {"an ampersand", good.replace("fish", "fish & chips")},
        }) {
      cases.add(
          read(
              "VOC",
              broken[0] + " beside",
              both(one, text("b.xml", broken[1])),
              4,
              0,
              "BROKEN_FILE"));
    }
    Setup photograph = picture("a.png", mask(GREY, "11110000 11110000", 0, 255));
    cases.add(read("VOC", "photographs beside", both(one, photograph), 4, 0, "PICTURE_BESIDE_XML"));
    cases.add(
        read(
            "VOC",
            "Annotations and SegmentationClass",
            both(
                text("Annotations/a.xml", good),
                picture("SegmentationClass/a.png", mask(GREY, "11110000", 0, 255))),
            4,
            0,
            "PICTURE_BESIDE_XML"));
    cases.add(
        read(
            "VOC",
            "hidden files beside",
            both(
                one,
                both(
                    text("._a.xml", good),
                    both(text("__MACOSX/a.xml", ""), text(".DS_Store", "x")))),
            4,
            0,
            "SYSTEM_FILE"));
    cases.add(
        read(
            "VOC",
            "behind a link",
            f -> {
              text("real/a.xml", good).write(f);
              return Files.createSymbolicLink(f.resolve("link"), f.resolve("real"));
            },
            4,
            0));
    cases.add(refused("VOC", "an empty folder", f -> f, "holds neither"));
  }

  private void masks() {
    String square = "00000000 01100000 01100000 00000000"; // rows of digits, each of a value
    cases.add(read("mask", "0 and 255", picture("a.png", mask(GREY, square, 0, 255)), 4, 4));
    cases.add(read("mask", "0 and 1", picture("a.png", mask(GREY, square, 0, 1)), 4, 4));
    cases.add(
        read(
            "mask",
            "one bit",
            picture("a.png", mask(BufferedImage.TYPE_BYTE_BINARY, square, 0, 1)),
            4,
            4));
    cases.add(
        read(
            "mask",
            "16 bits",
            picture("a.png", mask(BufferedImage.TYPE_USHORT_GRAY, square, 0, 65535)),
            4,
            4));
    cases.add(
        read("mask", "white on black", picture("a.png", mask(RGB, square, 0, 0xFFFFFF)), 4, 4));
    cases.add(read("mask", "red on black", picture("a.png", mask(RGB, square, 0, 0xFF0000)), 4, 4));
    cases.add(
        read(
            "mask",
            "white on nothing",
            picture("a.png", mask(BufferedImage.TYPE_INT_ARGB, square, 0, 0xFFFFFFFF)),
            4,
            4));
    // At 16 x 8, for Java's own GIFs of fewer than 5 rows come out wrong.
    BufferedImage twice = new BufferedImage(16, 8, GREY);
    for (int i = 0; i < 16; i++) {
      twice.getRaster().setSample(2 + i % 4, 2 + i / 4, 0, 255);
    }
    for (String format : List.of("bmp", "gif", "tif")) {
      cases.add(read("mask", format, picture("a." + format, twice), 4, 4));
    }
    cases.add(
        read(
            "mask",
            "trimap 1, 2, 3",
            picture("a.png", mask(GREY, "11111111 12211111 12211111 11111110", 3, 2, 1)),
            4,
            4,
            "TRIMAP"));
    cases.add(
        read(
            "mask",
            "trimap 1, 2",
            picture("a.png", mask(GREY, "11111111 12211111 12211111 11111111", 0, 2, 1)),
            4,
            4,
            "TRIMAP"));
    cases.add(
        read(
            "mask",
            "trimap 1, 2, 3 as colours",
            picture(
                "a.png",
                mask(RGB, "11111111 12211111 12211111 11111110", 0x030303, 0x020202, 0x010101)),
            4,
            4,
            "TRIMAP"));
    cases.add(
        read(
            "mask",
            "trimap 0, 128, 255",
            picture("a.png", mask(GREY, "01110000 12210000 12210000 01110000", 0, 128, 255)),
            4,
            4,
            "MATTE"));
    cases.add(
        read(
            "mask",
            "soft edges",
            picture(
                "a.png", mask(GREY, "00000000 03441000 02440000 00000000", 0, 40, 110, 200, 255)),
            5,
            5,
            "SOFT_MASK"));
    BufferedImage cutOut = new BufferedImage(64, 32, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) { // the left half, black where x and y are 0
        cutOut.setRGB(x, y, 0xFF000000 | x * 8 << 16 | y * 8);
      }
    }
    cases.add(
        read("mask", "cut out of its background", picture("a.png", cutOut), 16, 16, "CUT_OUT"));
    BufferedImage photograph = new BufferedImage(64, 32, RGB);
    BufferedImage grey = new BufferedImage(64, 32, GREY);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 64; x++) {
        photograph.setRGB(x, y, x * 4 << 16 | y * 8 << 8);
        grey.getRaster().setSample(x, y, 0, x * 2 + y * 4);
      }
    }
    cases.add(refused("mask", "a photograph", picture("a.png", photograph), "too many shades"));
    BufferedImage things = new BufferedImage(160, 80, BufferedImage.TYPE_USHORT_GRAY);
    for (int y = 0; y < 80; y++) {
      for (int x = 0; x < 160; x++) { // 200 squares of 8 x 8, all over
        things.getRaster().setSample(x, y, 0, 1 + x / 8 + 20 * (y / 8));
      }
    }
    // One square is 8 x 8 of 160 x 80 pixels, so 0.16 of the 8 x 4.
    cases.add(
        read(
                "mask",
                "200 things",
                picture("a.png", things),
                0.2,
                0,
                "INDEX_MASK",
                "UNKNOWN_CATEGORY")
            .mapped("7: fish"));
    cases.add(refused("mask", "a grey photograph", picture("a.png", grey), "too many shades"));
  }

  private void classMasks() {
    String classes = "00000000 01100000 01100000 00000222";
    Setup index = picture("a.png", mask(GREY, classes, 0, 1, 2));
    cases.add(read("mask", "a value a class", index, 0, 0, "INDEX_MASK", "UNKNOWN_CATEGORY"));
    cases.add(
        read("mask", "a value a class, mapped", index, 4, 3, "INDEX_MASK")
            .mapped("1: fish\n2: dog"));
    cases.add(read("mask", "a value a class, any counts", index, 7, 7, "INDEX_MASK").any());
    cases.add(
        read(
                "mask",
                "a value a class, 255 between",
                picture("a.png", mask(GREY, "00000000 01130000 01130000 00000222", 0, 15, 2, 255)),
                7,
                7,
                "INDEX_MASK")
            .any());
    cases.add(
        read(
                "mask",
                "a value a class, 16 bits",
                picture("a.png", mask(BufferedImage.TYPE_USHORT_GRAY, classes, 0, 1000, 2000)),
                4,
                3,
                "INDEX_MASK")
            .mapped("1000: fish\n2000: dog"));
    cases.add(
        read(
                "mask",
                "a value a class, as colours",
                picture("a.png", mask(RGB, classes, 0, 0x010101, 0x020202)),
                4,
                3,
                "INDEX_MASK")
            .mapped("1: fish\n2: dog"));
    Setup palette = picture("a.png", palette(classes, 0, 0xFF0000, 0x00FF00, 0x0000FF));
    cases.add(read("mask", "a palette", palette, 0, 0, "INDEX_MASK", "UNKNOWN_CATEGORY"));
    cases.add(
        read("mask", "a palette mapped by index", palette, 4, 3, "INDEX_MASK")
            .mapped("1: fish\n2: dog"));
    cases.add(
        read("mask", "a palette mapped by colour", palette, 4, 3, "INDEX_MASK")
            .mapped("\"#ff0000\": fish\n0,255,0: dog"));
    Setup colours = picture("a.png", mask(RGB, classes, 0, 0xFF0000, 0x00FF00));
    cases.add(read("mask", "a colour a class", colours, 0, 0, "COLOUR_MASK", "UNKNOWN_CATEGORY"));
    cases.add(
        read("mask", "a colour a class, mapped", colours, 4, 3, "COLOUR_MASK")
            .mapped("255,0,0: fish\n\"#00FF00\": dog"));
    cases.add(
        read(
                "mask",
                "one colour, mapped",
                picture("a.png", mask(RGB, "11000000", 0, 0xFF0000)),
                0,
                2,
                "COLOUR_MASK")
            .mapped("255,0,0: dog"));
    cases.add(read("mask", "a colour a class, any counts", colours, 7, 7, "COLOUR_MASK").any());
    // Pascal VOC's colours of dog (12), person (15), train (19) and the border.
    cases.add(
        read(
            "mask",
            "Pascal VOC's colours",
            picture(
                "a.png",
                mask(
                    RGB,
                    "00000002 01140003 01140003 00000000",
                    0,
                    0x400080,
                    0xC08080,
                    0x80C000,
                    0xE0E0C0)),
            0,
            4,
            "VOC_MASK",
            "UNKNOWN_CATEGORY"));
  }

  private void maskFolders() {
    Setup good = picture("a.png", mask(GREY, "11000000", 0, 255));
    cases.add(
        read(
            "mask",
            "one that is no picture beside",
            both(good, text("b.png", "no picture")),
            2,
            2,
            "BROKEN_MASK"));
    cases.add(
        refused(
            "mask",
            "none that is a picture",
            text("a.png", "none"),
            "None of the masks looked at"));
    cases.add(read("mask", "hidden beside", both(good, text("._a.png", "x")), 2, 2, "SYSTEM_FILE"));
    cases.add(
        read(
            "mask",
            "XML of another meaning beside",
            both(good, text("a.png.aux.xml", "<PAMDataset/>")),
            2,
            2,
            "NO_ANNOTATION"));
    cases.add(
        read(
            "mask",
            "SegmentationClass and SegmentationObject",
            both(
                picture("SegmentationClass/a.png", mask(GREY, "11000000", 0, 255)),
                picture("SegmentationObject/a.png", mask(GREY, "11120000", 0, 1, 2))),
            2,
            2,
            "OBJECT_MASK"));
    Setup white = picture("a.png", mask(GREY, "11111111 11111111 11111111 11111111", 0, 255));
    cases.add(
        read(
            "mask",
            "white all over",
            both(
                white,
                both(
                    picture("b.png", mask(GREY, "11111111 11111111 11111111 11111111", 0, 255)),
                    picture("c.png", mask(GREY, "11111111 11111111 11111111 11111111", 0, 255)))),
            32,
            32,
            "COVERS_ALL",
            "IMAGE_NOT_THERE"));
  }

  private void coco(String variant, String fields, double fish, String... told) {
    String entry = "{\"id\": 3, \"image_id\": 1, \"category_id\": 1, " + fields + "}";
    cases.add(read("COCO", variant, json(document(IMAGE, entry, CATEGORIES)), fish, 0, told));
  }

  private static String document(String images, String annotations, String categories) {
    return "{\"images\": ["
        + images
        + "], \"annotations\": ["
        + annotations
        + "], \"categories\": "
        + categories
        + "}";
  }

  private static String object(String name, String xmin, String ymin, String xmax, String ymax) {
    return "<object><name>"
        + name
        + "</name><pose>Left</pose><bndbox><xmin>"
        + xmin
        + "</xmin><ymin>"
        + ymin
        + "</ymin><xmax>"
        + xmax
        + "</xmax><ymax>"
        + ymax
        + "</ymax></bndbox></object>";
  }

  private static String annotation(String objects) {
    return "<annotation><size><width>8</width><height>4</height><depth>3</depth></size>"
        + objects
        + "</annotation>";
  }

  private static Setup json(String text) {
    return folder -> {
      bytes("r.json", text.getBytes(UTF_8)).write(folder);
      return folder.resolve("r.json");
    };
  }

  private static Setup text(String name, String text) {
    return bytes(name, text.getBytes(UTF_8));
  }

  private static Setup bytes(String name, byte[] bytes) {
    return folder -> {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return name.endsWith(".json") ? file : folder;
    };
  }

  private static Setup both(Setup one, Setup other) {
    return folder -> {
      one.write(folder);
      return other.write(folder);
    };
  }

  private static Setup picture(String name, BufferedImage image) {
    return folder -> {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      String format = name.substring(name.lastIndexOf('.') + 1);
      assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
      return folder;
    };
  }

  /** 8 x 4 pixels, rows of digits, each the number of a value; rows left out are of the first. */
  private static BufferedImage mask(int type, String rows, int... values) {
    BufferedImage image = new BufferedImage(8, 4, type);
    draw(image, rows, values);
    return image;
  }

  private static BufferedImage palette(String rows, int... colours) {
    BufferedImage image =
        new BufferedImage(
            8,
            4,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, colours.length, colours, 0, false, -1, 0));
    draw(image, rows, 0, 1, 2, 3);
    return image;
  }

  private static void draw(BufferedImage image, String rows, int... values) {
    String[] lines = rows.split(" ");
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 8; x++) {
        int value = y < lines.length ? values[lines[y].charAt(x) - '0'] : values[0];
        if (image.getRaster().getNumBands() == 1) {
          image.getRaster().setSample(x, y, 0, value);
        } else {
          image.setRGB(x, y, image.getColorModel().hasAlpha() ? value : 0xFF000000 | value);
        }
      }
    }
  }
}
