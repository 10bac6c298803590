package io.camaudit.region;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.camaudit.region.RegionProblems.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    JsonFactory factory =
        JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();
    try (JsonParser json = factory.createParser(file.toFile())) {
      readDocument(json);
    } catch (JsonProcessingException e) {
      throw Place.broken(file, e);
    } catch (IOException e) {
      throw Place.unreadable(file, e);
    }
    return join();
  }

  private void readDocument(JsonParser json) throws IOException {
    expect(json, json.nextToken(), JsonToken.START_OBJECT, "the object of a COCO file");
    boolean hasImages = false;
    boolean hasAnnotations = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String section = json.currentName();
      json.nextToken();
      switch (section) {
        case "images" -> {
          hasImages = true;
          readAll(json, section, this::readImage);
        }
        case "annotations" -> {
          hasAnnotations = true;
          readAll(json, section, this::readAnnotation);
        }
        case "categories" -> readAll(json, section, this::readCategory);
        default -> json.skipChildren();
      }
    }
    if (!hasImages || !hasAnnotations) {
      throw new RegionException(
          "%s: is no COCO file, it has no \"%s\"."
              .formatted(file, hasImages ? "annotations" : "images"));
    }
  }

  private interface Element {
    void read(JsonParser json) throws IOException;
  }

  private void readAll(JsonParser json, String section, Element element) throws IOException {
    expect(json, json.currentToken(), JsonToken.START_ARRAY, "the list of " + section);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, json.currentToken(), JsonToken.START_OBJECT, "an object in " + section);
      element.read(json);
    }
  }

  private void readImage(JsonParser json) throws IOException {
    String id = null;
    String name = null;
    int width = 0;
    int height = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = scalar(json, field);
        case "file_name" -> name = NameIndex.normalise(scalar(json, field));
        case "width" -> width = (int) number(json, field);
        case "height" -> height = (int) number(json, field);
        default -> json.skipChildren();
      }
    }
    require(json, id, "an image has no \"id\"");
    require(json, name, "image " + id + " has no \"file_name\"");
    boolean stated = width > 0 && height > 0;
    images.put(id, new Image(name, stated ? width : 0, stated ? height : 0));
  }

  private void readCategory(JsonParser json) throws IOException {
    String id = null;
    String name = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = scalar(json, field);
        case "name" -> name = scalar(json, field);
        default -> json.skipChildren();
      }
    }
    require(json, id, "a category has no \"id\"");
    categories.put(id, new Category(id, name));
  }

  private void readAnnotation(JsonParser json) throws IOException {
    String id = "at line " + json.currentLocation().getLineNr();
    String image = null;
    String category = null;
    Box box = null;
    Shape segmentation = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = scalar(json, field);
        case "image_id" -> image = scalar(json, field);
        case "category_id" -> category = scalar(json, field);
        case "bbox" -> box = readBox(json);
        case "segmentation" -> segmentation = readSegmentation(json, id);
        default -> json.skipChildren();
      }
    }
    require(json, image, "annotation " + id + " has no \"image_id\"");
    Shape shape = segmentation != null ? segmentation : box;
    if (shape == null) {
      tally.add(Kind.EMPTY_SHAPE, "annotation " + id);
      return;
    }
    itemsByImage
        .computeIfAbsent(image, key -> new ArrayList<>(2))
        .add(new Item(id, category == null ? null : category.intern(), shape));
  }

  private Box readBox(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    expect(json, json.currentToken(), JsonToken.START_ARRAY, "a bbox [x, y, width, height]");
    double[] values = numbers(json, "bbox");
    if (values.length == 0) {
      return null;
    }
    if (values.length != 4) {
      throw Place.at(
          file,
          json.currentLocation(),
          "a bbox is [x, y, width, height], this one has %d numbers.".formatted(values.length));
    }
    return Box.ofSize(values[0], values[1], values[2], values[3]);
  }

  /** Null if there is nothing with an area in it. */
  private Shape readSegmentation(JsonParser json, String id) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case START_ARRAY -> readPolygons(json, id);
      case START_OBJECT -> readRuns(json);
      default ->
          throw Place.at(
              file,
              json.currentTokenLocation(),
              "a segmentation is a list of polygons or an object with run lengths, got "
                  + json.getText()
                  + ".");
    };
  }

  private Shape readPolygons(JsonParser json, String id) throws IOException {
    List<float[]> parts = new ArrayList<>(1);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, json.currentToken(), JsonToken.START_ARRAY, "a polygon [x, y, x, y, ...]");
      double[] values = numbers(json, "segmentation");
      float[] ring = new float[values.length];
      for (int i = 0; i < ring.length; i++) {
        ring[i] = (float) values[i];
      }
      if (ring.length < 6 || ring.length % 2 != 0 || Polygons.doubleArea(ring) == 0) {
        tally.add(Kind.EMPTY_SHAPE, "a polygon of annotation " + id);
      } else {
        parts.add(ring);
      }
    }
    return parts.isEmpty() ? null : new Polygons(parts.toArray(new float[0][]));
  }

  private Shape readRuns(JsonParser json) throws IOException {
    var place = json.currentTokenLocation();
    double[] size = null;
    int[] counts = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (field.equals("size") && value == JsonToken.START_ARRAY) {
        size = numbers(json, field);
      } else if (field.equals("counts") && value == JsonToken.START_ARRAY) {
        counts = wholeNumbers(json);
      } else if (field.equals("counts") && value == JsonToken.VALUE_STRING) {
        try {
          counts = CocoRuns.decode(json.getText());
        } catch (IllegalArgumentException e) {
          throw Place.at(file, json.currentTokenLocation(), e.getMessage() + ".");
        }
      } else {
        json.skipChildren();
      }
    }
    if (size == null || size.length != 2 || counts == null || size[0] < 1 || size[1] < 1) {
      throw Place.at(
          file, place, "run lengths want a \"size\" [height, width] and \"counts\" beside it.");
    }
    long sum = 0;
    for (int count : counts) {
      sum += count;
    }
    if (sum != (long) size[0] * (long) size[1]) {
      throw Place.at(
          file,
          place,
          "the run lengths add up to %d pixels, the size is %.0f x %.0f."
              .formatted(sum, size[0], size[1]));
    }
    return new Runs((int) size[1], (int) size[0], counts);
  }

  private int[] wholeNumbers(JsonParser json) throws IOException {
    double[] values = numbers(json, "counts");
    int[] counts = new int[values.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (int) values[i];
      if (counts[i] != values[i] || counts[i] < 0) {
        throw Place.at(
            file, json.currentLocation(), "a run length is a whole number, got " + values[i] + ".");
      }
    }
    return counts;
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

  private double[] numbers(JsonParser json, String field) throws IOException {
    double[] values = new double[8];
    int n = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (n == values.length) {
        values = java.util.Arrays.copyOf(values, 2 * n);
      }
      values[n++] = number(json, field);
    }
    return java.util.Arrays.copyOf(values, n);
  }

  private double number(JsonParser json, String field) throws IOException {
    if (!json.currentToken().isNumeric()) {
      throw Place.at(
          file,
          json.currentTokenLocation(),
          "%s wants a number, got %s.".formatted(field, json.getText()));
    }
    return json.getDoubleValue();
  }

  private String scalar(JsonParser json, String field) throws IOException {
    if (!json.currentToken().isScalarValue() || json.currentToken() == JsonToken.VALUE_NULL) {
      throw Place.at(
          file,
          json.currentTokenLocation(),
          "%s wants a text or a number, got %s.".formatted(field, json.getText()));
    }
    return json.getText();
  }

  private void require(JsonParser json, String value, String otherwise) {
    if (value == null) {
      throw Place.at(file, json.currentLocation(), otherwise + ".");
    }
  }

  private void expect(JsonParser json, JsonToken got, JsonToken wanted, String what)
      throws IOException {
    if (got != wanted) {
      throw Place.at(
          file,
          json.currentTokenLocation(),
          "expected %s, got %s.".formatted(what, got == null ? "the end" : json.getText()));
    }
  }
}
