package io.camaudit.region;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.camaudit.region.RegionProblems.Kind;
import io.camaudit.storage.RegularFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads COCO JSON as a stream, so that memory holds the shapes only. Of {@code images}, {@code
 * annotations} and {@code categories}, in any order: an annotation's {@code segmentation} if it has
 * one with an area, else its {@code bbox}. Crowds ({@code iscrowd}) count like single things: to
 * look at them is to look at the class. An image without {@code file_name} is named by the last
 * part of its {@code coco_url}, as in LVIS.
 *
 * <p>An entry that cannot be read costs itself only. An id is looked for as it stands first, then
 * with its form forgiven if that means one; an id that several images or categories have is used
 * for none of them.
 */
final class CocoReader {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private static final Map<Kind, String> WORDS =
      Map.of(
          Kind.BROKEN_IMAGE, "image",
          Kind.BROKEN_ANNOTATION, "annotation",
          Kind.BROKEN_CATEGORY, "category");

  private final RegionClasses classes;
  private final RegionProblems.Tally tally;

  private final Map<CocoId, Image> images = new LinkedHashMap<>();
  private final Map<CocoId, Set<String>> sharedImages = new HashMap<>();
  private final Map<CocoId, List<Item>> itemsByImage = new LinkedHashMap<>();
  private final Map<CocoId, Category> categories = new HashMap<>();
  private final Map<CocoId, Set<String>> sharedCategories = new HashMap<>();
  private final Map<CocoId, Category> unlisted = new HashMap<>();
  private final Map<CocoId, CocoId> categoryIds = new HashMap<>();
  private Map<String, Set<CocoId>> forgivingCategories;
  private final Map<Kind, BadValue> firstBroken = new EnumMap<>(Kind.class);
  private final Set<Kind> someRead = EnumSet.noneOf(Kind.class);
  private String at; // what the entry at hand is called in messages

  private record Image(String name, int width, int height) {}

  /**
   * An annotation whose image and category may come later in the file; of one without a shape, or
   * with a broken one, the category is known all the same.
   */
  private record Item(String id, CocoId categoryId, Shape shape) {}

  private CocoReader(RegionClasses classes, RegionProblems.Tally tally) {
    this.classes = classes;
    this.tally = tally;
  }

  /**
   * Reads a file.
   *
   * @throws io.camaudit.UserException if it is no COCO file, or nothing in it can be read
   */
  static List<AnnotatedImage> read(Path file, RegionClasses classes, RegionProblems.Tally tally) {
    try {
      RegularFile.check(file);
      RegionProblems.Tally own = new RegionProblems.Tally();
      List<AnnotatedImage> images;
      try {
        images = new CocoReader(classes, own).read(factory -> factory.createParser(file.toFile()));
      } catch (JsonProcessingException e) {
        if (!String.valueOf(e.getMessage()).contains("Invalid UTF-8")) {
          throw e;
        }
        own = new RegionProblems.Tally();
        own.add(Kind.OTHER_ENCODING, file.getFileName().toString());
        images = new CocoReader(classes, own).read(factory -> windows(file, factory));
      }
      tally.addAll(own.problems());
      return images;
    } catch (BadValue e) {
      throw Place.error(file + ", " + e.getMessage() + ".", e);
    } catch (JsonProcessingException e) {
      throw Place.broken(file, e);
    } catch (IOException e) {
      throw Place.unreadable(file, e);
    }
  }

  private static JsonParser windows(Path file, JsonFactory factory) throws IOException {
    return factory.createParser(
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), WINDOWS)));
  }

  private List<AnnotatedImage> read(JsonCursor.Opening opening) throws IOException {
    try (JsonCursor json = new JsonCursor(opening)) {
      readDocument(json);
    }
    return join();
  }

  private void readDocument(JsonCursor json) throws IOException {
    json.next();
    json.expect(JsonToken.START_OBJECT, "the object of a COCO file");
    CocoShapes shapes = new CocoShapes(json, tally);
    Set<String> sections = new HashSet<>();
    json.fields(
        section -> {
          sections.add(section);
          switch (section) {
            case "images" -> readAll(json, section, Kind.BROKEN_IMAGE, () -> readImage(json));
            case "annotations" ->
                readAll(json, section, Kind.BROKEN_ANNOTATION, () -> readAnnotation(json, shapes));
            case "categories" -> {
              if (json.token() == JsonToken.START_ARRAY) {
                readAll(json, section, Kind.BROKEN_CATEGORY, () -> readCategory(json));
              } else {
                json.skip(); // the annotations' ids still tell categories apart
              }
            }
            default -> json.skip();
          }
        });
    for (Kind kind : List.of(Kind.BROKEN_IMAGE, Kind.BROKEN_ANNOTATION)) {
      if (firstBroken.containsKey(kind) && !someRead.contains(kind)) {
        throw firstBroken.get(kind);
      }
    }
    for (String section : List.of("images", "annotations")) {
      if (!sections.contains(section)) {
        throw new BadValue("is no COCO file, it has no \"" + section + "\"");
      }
    }
  }

  private interface Entry {
    void read() throws IOException;
  }

  private void readAll(JsonCursor json, String section, Kind broken, Entry entry)
      throws IOException {
    json.expect(JsonToken.START_ARRAY, "the list of " + section);
    json.elements(
        () -> {
          at = "at line " + json.line();
          try {
            json.whole(
                () -> {
                  json.expect(JsonToken.START_OBJECT, "an object in " + section);
                  entry.read();
                  return null;
                });
            someRead.add(broken);
          } catch (BadValue e) {
            firstBroken.putIfAbsent(broken, e);
            tally.add(broken, WORDS.get(broken) + " " + at, e.getMessage());
          }
        });
  }

  private CocoId id(JsonCursor json, String field) throws IOException {
    String text = json.scalar(field);
    return json.token() == JsonToken.VALUE_STRING ? CocoId.text(text) : CocoId.number(text);
  }

  private void readImage(JsonCursor json) throws IOException {
    CocoId[] id = new CocoId[1];
    Map<String, String> texts = new HashMap<>();
    Map<String, Integer> numbers = new HashMap<>();
    json.fields(
        field -> {
          switch (field) {
            case "id" -> {
              id[0] = id(json, field);
              at = id[0].plain();
            }
            case "file_name", "coco_url" -> {
              if (json.isTextOrNumber()) {
                texts.put(field, json.text());
              } else {
                json.skip(); // null where a tool knows no more than an address
              }
            }
            case "width", "height" -> numbers.put(field, size(json, field));
            default -> json.skip();
          }
        });
    if (id[0] == null) {
      throw json.error("an image has no \"id\"");
    }
    String name = texts.get("file_name");
    if (name == null || name.isBlank()) {
      name = lastPart(texts.get("coco_url"));
    }
    json.require(name, "image " + at + " has no \"file_name\"");
    int width = numbers.getOrDefault("width", 0);
    int height = numbers.getOrDefault("height", 0);
    boolean stated = width > 0 && height > 0;
    Image image = new Image(NameIndex.normalise(name), stated ? width : 0, stated ? height : 0);
    Image other = images.putIfAbsent(id[0], image);
    if (other != null && !other.name().equals(image.name())) {
      Set<String> names = sharedImages.computeIfAbsent(id[0], key -> new LinkedHashSet<>());
      names.add(other.name());
      names.add(image.name());
    }
  }

  /** 0, as for a size that is not there, if it is none. */
  private static int size(JsonCursor json, String field) throws IOException {
    try {
      return json.whole(() -> (int) json.number(field));
    } catch (BadValue e) {
      return 0;
    }
  }

  /** The file's name in {@code http://host/folder/name.jpg?query}; null for none. */
  private static String lastPart(String address) {
    if (address == null) {
      return null;
    }
    String path = address.replaceFirst("[?#].*$", "");
    String last = path.substring(path.lastIndexOf('/') + 1);
    try {
      last = URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A bare percent sign: the name as it stands.
    }
    return last.isBlank() ? null : last;
  }

  private void readCategory(JsonCursor json) throws IOException {
    CocoId[] id = new CocoId[1];
    String[] name = new String[1];
    json.fields(
        field -> {
          switch (field) {
            case "id" -> {
              id[0] = id(json, field);
              at = id[0].plain();
            }
            case "name" -> name[0] = json.scalar(field);
            default -> json.skip();
          }
        });
    if (id[0] == null) {
      throw json.error("a category has no \"id\"");
    }
    Category category = new Category(id[0].plain(), name[0]);
    Category other = categories.putIfAbsent(id[0], category);
    if (other != null && !other.equals(category)) {
      Set<String> names = sharedCategories.computeIfAbsent(id[0], key -> new LinkedHashSet<>());
      names.add(other.toString());
      names.add(category.toString());
    }
  }

  private void readAnnotation(JsonCursor json, CocoShapes shapes) throws IOException {
    var annotation =
        new Object() {
          CocoId image;
          CocoId category;
          Box box;
          Shape segmentation;
          BadValue brokenBox;
          BadValue brokenSegmentation;
        };
    json.fields(
        field -> {
          switch (field) {
            case "id" -> at = json.isTextOrNumber() ? json.text() : skipped(json);
            case "image_id" -> annotation.image = id(json, field);
            case "category_id" -> annotation.category = categoryId(json, field);
            case "bbox" -> {
              try {
                annotation.box = json.whole(shapes::box);
              } catch (BadValue e) {
                annotation.brokenBox = e;
              }
            }
            case "segmentation" -> {
              try {
                annotation.segmentation = json.whole(() -> shapes.segmentation(at));
              } catch (BadValue e) {
                annotation.brokenSegmentation = e;
              }
            }
            case "segments_info" ->
                throw json.error("a panoptic annotation, whose picture of segments is not read");
            default -> json.skip();
          }
        });
    if (annotation.image == null) {
      throw json.error("annotation " + at + " has no \"image_id\"");
    }
    Shape shape = annotation.segmentation != null ? annotation.segmentation : annotation.box;
    if (shape == null) {
      add(annotation.image, new Item(at, annotation.category, null));
      if (annotation.brokenSegmentation != null || annotation.brokenBox != null) {
        throw annotation.brokenSegmentation != null
            ? annotation.brokenSegmentation
            : annotation.brokenBox;
      }
      tally.add(Kind.EMPTY_SHAPE, "annotation " + at);
      return;
    }
    if (annotation.brokenSegmentation != null) {
      tally.add(
          Kind.BROKEN_SEGMENTATION, "annotation " + at, annotation.brokenSegmentation.getMessage());
    }
    add(annotation.image, new Item(at, annotation.category, shape));
  }

  private void add(CocoId image, Item item) {
    itemsByImage.computeIfAbsent(image, key -> new ArrayList<>(2)).add(item);
  }

  /** An annotation's own id is for messages only, so what it is does not matter. */
  private String skipped(JsonCursor json) throws IOException {
    json.skip();
    return at;
  }

  /** One object for all annotations of a category; null for a category of null. */
  private CocoId categoryId(JsonCursor json, String field) throws IOException {
    if (json.token() == JsonToken.VALUE_NULL) {
      return null;
    }
    return categoryIds.computeIfAbsent(id(json, field), id -> id);
  }

  /** Images that share a name share their annotations. */
  private List<AnnotatedImage> join() {
    sharedImages.forEach(
        (id, names) -> {
          List<Item> items = itemsByImage.remove(id);
          if (items != null) {
            String reason = "image id " + id + " is that of " + String.join(" and ", names);
            items.forEach(item -> tally.add(Kind.SHARED_ID, "annotation " + item.id(), reason));
          }
          images.remove(id);
        });
    forgiveIds();
    Map<String, List<CocoId>> idsByName = new LinkedHashMap<>();
    images.forEach(
        (id, image) -> idsByName.computeIfAbsent(image.name(), key -> new ArrayList<>(1)).add(id));
    List<AnnotatedImage> joined = new ArrayList<>(idsByName.size());
    // What is joined is let go of, so that no more than one form of a large file is held.
    for (Iterator<Map.Entry<String, List<CocoId>>> each = idsByName.entrySet().iterator();
        each.hasNext();
        each.remove()) {
      Map.Entry<String, List<CocoId>> named = each.next();
      Image image = images.get(named.getValue().get(0));
      AnnotationFilter filter = new AnnotationFilter(classes, tally, image.width(), image.height());
      for (CocoId id : named.getValue()) {
        images.remove(id);
        List<Item> items = itemsByImage.remove(id);
        if (items != null) {
          items.forEach(item -> add(item, filter));
        }
      }
      joined.add(filter.image(named.getKey()));
    }
    itemsByImage.values().stream()
        .flatMap(List::stream)
        .filter(item -> item.shape() != null) // told already
        .forEach(item -> tally.add(Kind.IMAGE_NOT_LISTED, "annotation " + item.id()));
    return joined;
  }

  /** Gives the annotations whose image id is not listed to the one image that it can mean. */
  private void forgiveIds() {
    List<CocoId> strangers =
        itemsByImage.keySet().stream().filter(id -> !images.containsKey(id)).toList();
    if (strangers.isEmpty()) {
      return;
    }
    Map<String, Set<CocoId>> forgiving = forgiving(images.keySet());
    for (CocoId stranger : strangers) {
      Set<CocoId> meant = forgiving.getOrDefault(stranger.forgiving(), Set.of());
      if (meant.size() == 1) {
        CocoId id = meant.iterator().next();
        List<Item> items = itemsByImage.remove(stranger);
        itemsByImage.computeIfAbsent(id, key -> new ArrayList<>(2)).addAll(items);
        tally.add(Kind.OTHER_FORM_OF_ID, "image_id " + stranger + " for image " + id);
      } else if (meant.size() > 1) {
        String reason = "image id " + stranger + " could be " + either(meant);
        itemsByImage
            .remove(stranger)
            .forEach(item -> tally.add(Kind.SHARED_ID, "annotation " + item.id(), reason));
      }
    }
  }

  private void add(Item item, AnnotationFilter filter) {
    CocoId id = item.categoryId();
    Set<String> names = id == null ? null : sharedCategories.get(id);
    if (names == null) {
      Category category = category(id, item);
      if (category != null) {
        add(category, item, filter);
      }
      return;
    }
    tally.add(
        Kind.SHARED_CATEGORY,
        "annotation " + item.id(),
        "category id " + id + " is that of " + String.join(" and ", names));
    if (classes.countsAll()) {
      add(new Category(id.plain(), null), item, filter);
    }
  }

  private static void add(Category category, Item item, AnnotationFilter filter) {
    if (item.shape() == null) {
      filter.addSeen(category);
    } else {
      filter.add(category, item.shape(), "annotation " + item.id());
    }
  }

  /** A category that the file does not list is known by its id alone; null if it could be two. */
  private Category category(CocoId id, Item item) {
    if (id == null) {
      return unlisted.computeIfAbsent(CocoId.number("(none)"), key -> new Category("(none)", null));
    }
    Category exact = categories.get(id);
    if (exact != null) {
      return exact;
    }
    if (forgivingCategories == null) {
      forgivingCategories = forgiving(categories.keySet());
    }
    Set<CocoId> meant = forgivingCategories.getOrDefault(id.forgiving(), Set.of());
    if (meant.size() == 1) {
      CocoId listed = meant.iterator().next();
      if (!sharedCategories.containsKey(listed)) {
        tally.add(Kind.OTHER_FORM_OF_ID, "category_id " + id + " for category " + listed);
        return categories.get(listed);
      }
    }
    if (!meant.isEmpty() && !classes.countsAll()) {
      tally.add(
          Kind.SHARED_CATEGORY,
          "annotation " + item.id(),
          "category id " + id + " could be " + either(meant));
      return null;
    }
    return unlisted.computeIfAbsent(id, key -> new Category(key.plain(), null));
  }

  private static Map<String, Set<CocoId>> forgiving(Set<CocoId> ids) {
    Map<String, Set<CocoId>> forgiving = new HashMap<>();
    for (CocoId id : ids) {
      forgiving.computeIfAbsent(id.forgiving(), key -> new LinkedHashSet<>(1)).add(id);
    }
    return forgiving;
  }

  private static String either(Set<CocoId> ids) {
    return String.join(" or ", ids.stream().map(CocoId::toString).toList());
  }
}
