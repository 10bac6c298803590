package io.camaudit.region;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was odd about the regions but stopped nothing, and what a choice of the program's took them
 * for: counted by kind.
 */
public record RegionProblems(List<Problem> problems) implements Serializable {
  /** Examples shown of each kind. */
  public static final int EXAMPLES = 5;

  /** Nothing odd. */
  public static final RegionProblems NONE = new RegionProblems(List.of());

  /** Different items kept of each kind: the annotations of a large file may all be odd. */
  private static final int MOST_ITEMS = 200_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public RegionProblems {
    problems = List.copyOf(problems);
  }

  /** Kinds, in the order of reporting. */
  public enum Kind {
    /** Whole files of annotations: broken XML. */
    BROKEN_FILE("Annotation files that cannot be read and are left out"),
    /** Masks that no picture comes out of. */
    BROKEN_MASK("Masks that cannot be read, whose images have no region"),
    /** Entries of a COCO file's list of images. */
    BROKEN_IMAGE("Image entries that cannot be read and are left out"),
    /** Entries of a COCO file's list of categories. */
    BROKEN_CATEGORY("Category entries that cannot be read and are left out"),
    /** Annotations, and objects of a VOC file. */
    BROKEN_ANNOTATION("Annotations that cannot be read and are left out"),
    /** Segmentations, or parts of them, of annotations of which something else can be read. */
    BROKEN_SEGMENTATION(
        "Segmentations or parts of them that cannot be read, where the other parts or the box stand in"),
    /** A list of numbers, or of pairs, where COCO has a list of lists. */
    FLAT_POLYGON("Polygons written as one flat list or as pairs, read as what they mean"),
    /** Text in an older encoding. */
    OTHER_ENCODING("Files that are no UTF-8, read as Windows-1252"),
    /** What systems leave beside files. */
    SYSTEM_FILE("Hidden and system files named like annotations, which are left out"),
    /** XML of another meaning beside masks. */
    NO_ANNOTATION("XML files that are no annotations, which are left out"),
    /** Pictures where XML annotations are too: photographs mostly. */
    PICTURE_BESIDE_XML(
        "Pictures beside Pascal VOC XML files, which are no regions (give the folder of the masks"
            + " itself if they are to count)"),
    /** Masks of single things where masks of classes are too. */
    OBJECT_MASK("Masks in SegmentationObject, left out because SegmentationClass is there"),
    /** One id for two images. */
    SHARED_ID("Annotations whose image id several images have, which are used for none"),
    /** One id for two categories. */
    SHARED_CATEGORY("Annotations whose category id has several names, which are used for none"),
    /** An id that only matches as number and text, or with its case or zeros forgiven. */
    OTHER_FORM_OF_ID("Ids that match only in another form, taken for the same"),
    /** Images that the annotations name and the input does not hold. */
    IMAGE_NOT_THERE("Annotated images that are not in the input"),
    /** Names that fit several images, or images that fit several names: none of them is used. */
    AMBIGUOUS_NAME("Names that fit several images or annotations and are used for none"),
    /** Names that match only with case, Unicode form or leading zeros forgiven. */
    OTHER_FORM_OF_NAME(
        "Images whose annotations name them in another case, Unicode form or with other zeros, taken"
            + " for the same"),
    /** Annotations of an image that their own file does not list. */
    IMAGE_NOT_LISTED("Annotations of images that their file does not list"),
    /** Shapes that reach more than a pixel over the picture's edge: clipped. */
    OUTSIDE_IMAGE("Shapes that reach outside their image and are clipped to it"),
    /** Polygons of fewer than three points, boxes and shapes without area: left out. */
    EMPTY_SHAPE("Shapes without area, which are left out"),
    /** Masks of another size than their image's: left out. */
    OTHER_SIZE("Masks of another size than their image, which are left out"),
    /** Annotations whose category is none of the model's classes: no label can ask for them. */
    UNKNOWN_CATEGORY(
        "Annotations whose category is none of the model's classes, see --region-mapping"),
    /** Categories that match with case, spacing or Unicode form forgiven. */
    OTHER_FORM_OF_CATEGORY(
        "Annotations whose category is a class only in another case, spacing or Unicode form, taken"
            + " for it"),
    /** Categories that several classes have the name of. */
    SEVERAL_CLASSES(
        "Annotations whose category is the name of several classes and counts for each of them"),
    /** Mask files that hold a photograph. */
    NO_MASK("Pictures of too many colours to be masks, whose images have no region"),
    /** An image that is its own mask. */
    OWN_MASK("Photographs that are listed as their own masks and have no region"),
    /** 1, 2, 3. */
    TRIMAP(
        "Masks read as trimaps: 1 is the object, 2 the background, 3 the border, which is left out"),
    /** 0, 128, 255. */
    MATTE("Masks read as trimaps of 0, 128 and 255: 255 is the object, 128 is left out"),
    /** Edges between black and white. */
    SOFT_MASK("Masks with soft edges, of which the lighter half is the region"),
    /** Opaque pixels of a picture. */
    CUT_OUT("Pictures cut out of their background, whose opaque pixels are the region"),
    /** A value a class. */
    INDEX_MASK(
        "Masks read as one value a class or thing (--region-mapping says which is which;"
            + " --region-classes any counts all)"),
    /** A colour a class. */
    COLOUR_MASK(
        "Masks read as one colour a class (--region-mapping says which is which; --region-classes any"
            + " counts all)"),
    /** VOC's colours. */
    VOC_MASK("Masks in Pascal VOC's colours, whose class names count"),
    /** Nothing can look elsewhere. */
    COVERS_ALL(
        "Regions that cover more than 95 % of nearly all images, so that looking anywhere counts as"
            + " right");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /**
   * One item and why it is odd.
   *
   * @param reason null where the kind says it
   */
  record Item(String name, String reason) implements Serializable {
    @Override
    public String toString() {
      return reason == null ? name : name + ": " + reason;
    }
  }

  /**
   * One kind of problem.
   *
   * @param count how often it occurred
   * @param items the different ones and how often each occurred, in the order of occurrence
   */
  public record Problem(Kind kind, long count, Map<Item, Long> items) implements Serializable {
    /** The first few, as they are shown. */
    public List<String> examples() {
      return items.keySet().stream().limit(EXAMPLES).map(Item::toString).toList();
    }

    /** One sentence for the terminal. */
    public String sentence() {
      String more = items.size() > EXAMPLES ? ", ..." : "";
      return kind.words + ": " + count + " (" + String.join(", ", examples()) + more + ").";
    }

    private List<String> lines() {
      List<String> lines = new ArrayList<>();
      long told = 0;
      for (Map.Entry<Item, Long> item : items.entrySet()) {
        ObjectNode line = JSON.createObjectNode().put("kind", kind.name());
        line.put("name", item.getKey().name());
        if (item.getKey().reason() != null) {
          line.put("reason", item.getKey().reason());
        }
        lines.add(line.put("count", item.getValue()).toString());
        told += item.getValue();
      }
      if (told < count) {
        lines.add(
            JSON.createObjectNode().put("kind", kind.name()).put("more", count - told).toString());
      }
      return lines;
    }
  }

  /** Whether there is nothing to report. */
  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /** One sentence a kind. */
  public List<String> sentences() {
    return problems.stream().map(Problem::sentence).toList();
  }

  /** Every item as a JSON object: kind, name, reason where there is one, how often. */
  public List<String> lines() {
    return problems.stream().flatMap(problem -> problem.lines().stream()).toList();
  }

  /** Both, kind by kind. */
  public RegionProblems and(RegionProblems other) {
    Tally tally = new Tally();
    tally.addAll(this);
    tally.addAll(other);
    return tally.problems();
  }

  /** Collects problems while regions are read. */
  static final class Tally {
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<Item, Long>> items = new EnumMap<>(Kind.class);

    /** Counts one of which the kind says everything. */
    void add(Kind kind, String name) {
      add(kind, name, null);
    }

    /** Counts one; the same item is kept once. */
    void add(Kind kind, String name, String reason) {
      add(kind, new Item(name, reason), 1);
    }

    void addAll(RegionProblems others) {
      others.problems().forEach(this::add);
    }

    private void add(Problem problem) {
      long told = 0;
      for (Map.Entry<Item, Long> item : problem.items().entrySet()) {
        add(problem.kind(), item.getKey(), item.getValue());
        told += item.getValue();
      }
      counts.merge(problem.kind(), problem.count() - told, Long::sum);
    }

    private void add(Kind kind, Item item, long times) {
      counts.merge(kind, times, Long::sum);
      Map<Item, Long> kept = items.computeIfAbsent(kind, k -> new LinkedHashMap<>());
      if (kept.size() < MOST_ITEMS || kept.containsKey(item)) {
        kept.merge(item, times, Long::sum);
      }
    }

    RegionProblems problems() {
      List<Problem> problems = new ArrayList<>();
      counts.forEach(
          (kind, count) ->
              problems.add(new Problem(kind, count, new LinkedHashMap<>(items.get(kind)))));
      return new RegionProblems(problems);
    }
  }
}
