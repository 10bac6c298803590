package io.camaudit.region;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.camaudit.region.RegionProblems.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads COCO JSON as a stream, so that memory holds the shapes only. Of {@code images}, {@code
 * annotations} and {@code categories}, in any order: an annotation's {@code segmentation} if it has
 * one with an area, else its {@code bbox}. Crowds ({@code iscrowd}) count like single things: to
 * look at them is to look at the class.
 */
final class CocoReader {
  private final Path file;
  private final RegionClasses classes;
  private final RegionProblems.Tally tally;

  private final Map<String, Image> images = new LinkedHashMap<>();
  private final Map<String, List<Item>> itemsByImage = new HashMap<>();
  private final Map<String, Category> categories = new HashMap<>();

  private record Image(String name, int width, int height) {}

  /** An annotation whose image and category may come later in the file. */
  private record Item(String id, String categoryId, Shape shape) {}

  CocoReader(Path file, RegionClasses classes, RegionProblems.Tally tally) {
    this.file = file;
    this.classes = classes;
    this.tally = tally;
  }

  List<AnnotatedImage> read() {
    try (JsonCursor json = new JsonCursor(file)) {
      readDocument(json);
    } catch (JsonProcessingException e) {
      throw Place.broken(file, e);
    } catch (IOException e) {
      throw Place.unreadable(file, e);
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
            case "images" -> readAll(json, section, () -> readImage(json));
            case "annotations" -> readAll(json, section, () -> readAnnotation(json, shapes));
            case "categories" -> readAll(json, section, () -> readCategory(json));
            default -> json.skip();
          }
        });
    for (String section : List.of("images", "annotations")) {
      if (!sections.contains(section)) {
        throw Place.error("%s: is no COCO file, it has no \"%s\".".formatted(file, section));
      }
    }
  }

  private static void readAll(JsonCursor json, String section, JsonCursor.Element element)
      throws IOException {
    json.expect(JsonToken.START_ARRAY, "the list of " + section);
    json.elements(
        () -> {
          json.expect(JsonToken.START_OBJECT, "an object in " + section);
          element.read();
        });
  }

  private void readImage(JsonCursor json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    Map<String, Integer> numbers = new HashMap<>();
    json.fields(
        field -> {
          switch (field) {
            case "id", "file_name" -> texts.put(field, json.scalar(field));
            case "width", "height" -> numbers.put(field, (int) json.number(field));
            default -> json.skip();
          }
        });
    String id = texts.get("id");
    String name = texts.get("file_name");
    json.require(id, "an image has no \"id\"");
    json.require(name, "image " + id + " has no \"file_name\"");
    int width = numbers.getOrDefault("width", 0);
    int height = numbers.getOrDefault("height", 0);
    boolean stated = width > 0 && height > 0;
    images.put(id, new Image(NameIndex.normalise(name), stated ? width : 0, stated ? height : 0));
  }

  private void readCategory(JsonCursor json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    json.fields(
        field -> {
          switch (field) {
            case "id", "name" -> texts.put(field, json.scalar(field));
            default -> json.skip();
          }
        });
    String id = texts.get("id");
    json.require(id, "a category has no \"id\"");
    categories.put(id, new Category(id, texts.get("name")));
  }

  private void readAnnotation(JsonCursor json, CocoShapes shapes) throws IOException {
    var annotation =
        new Object() {
          String id = "at line " + json.place().getLineNr();
          String image;
          String category;
          Box box;
          Shape segmentation;
        };
    json.fields(
        field -> {
          switch (field) {
            case "id" -> annotation.id = json.scalar(field);
            case "image_id" -> annotation.image = json.scalar(field);
            case "category_id" -> annotation.category = json.scalar(field).intern();
            case "bbox" -> annotation.box = shapes.box();
            case "segmentation" -> annotation.segmentation = shapes.segmentation(annotation.id);
            default -> json.skip();
          }
        });
    json.require(annotation.image, "annotation " + annotation.id + " has no \"image_id\"");
    Shape shape = annotation.segmentation != null ? annotation.segmentation : annotation.box;
    if (shape == null) {
      tally.add(Kind.EMPTY_SHAPE, "annotation " + annotation.id);
      return;
    }
    itemsByImage
        .computeIfAbsent(annotation.image, key -> new ArrayList<>(2))
        .add(new Item(annotation.id, annotation.category, shape));
  }

  /** Images that share a name share their annotations. */
  private List<AnnotatedImage> join() {
    Map<String, List<String>> idsByName = new LinkedHashMap<>();
    images.forEach(
        (id, image) -> idsByName.computeIfAbsent(image.name(), key -> new ArrayList<>(1)).add(id));
    List<AnnotatedImage> joined = new ArrayList<>(idsByName.size());
    idsByName.forEach(
        (name, ids) -> {
          Image image = images.get(ids.get(0));
          AnnotationFilter filter =
              new AnnotationFilter(classes, tally, image.width(), image.height());
          for (String id : ids) {
            List<Item> items = itemsByImage.remove(id);
            if (items != null) {
              items.forEach(
                  item ->
                      filter.add(
                          category(item.categoryId()), item.shape(), "annotation " + item.id()));
            }
          }
          joined.add(new AnnotatedImage.Read(name, image.width(), image.height(), filter.kept()));
        });
    itemsByImage.values().stream()
        .flatMap(List::stream)
        .forEach(item -> tally.add(Kind.IMAGE_NOT_LISTED, "annotation " + item.id()));
    return joined;
  }

  /** A category that the file does not list is known by its id alone. */
  private Category category(String id) {
    String known = id == null ? "(none)" : id;
    return categories.computeIfAbsent(known, key -> new Category(key, null));
  }
}
