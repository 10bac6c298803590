package io.camaudit.region;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import io.camaudit.region.RegionProblems.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the shapes of COCO annotations: boxes, polygons, run lengths. */
final class CocoShapes {
  private final JsonCursor json;
  private final RegionProblems.Tally tally;

  CocoShapes(JsonCursor json, RegionProblems.Tally tally) {
    this.json = json;
    this.tally = tally;
  }

  /** {@code [x, y, width, height]}; null for {@code null} and for an empty list. */
  Box box() throws IOException {
    if (json.token() == JsonToken.VALUE_NULL) {
      return null;
    }
    json.expect(JsonToken.START_ARRAY, "a bbox [x, y, width, height]");
    double[] values = json.numbers("bbox");
    if (values.length == 0) {
      return null;
    }
    if (values.length != 4) {
      throw json.error(
          "a bbox is [x, y, width, height], this one has %d numbers.".formatted(values.length));
    }
    return Box.ofSize(values[0], values[1], values[2], values[3]);
  }

  /**
   * Polygons or run lengths.
   *
   * @param id of the annotation, for examples
   * @return null if there is no polygon with an area
   */
  Shape segmentation(String id) throws IOException {
    return switch (json.token()) {
      case VALUE_NULL -> null;
      case START_ARRAY -> polygons(id);
      case START_OBJECT -> runs();
      default ->
          throw json.error(
              "a segmentation is a list of polygons or an object with run lengths, got %s."
                  .formatted(json.text()));
    };
  }

  private Shape polygons(String id) throws IOException {
    List<float[]> parts = new ArrayList<>(1);
    json.elements(
        () -> {
          json.expect(JsonToken.START_ARRAY, "a polygon [x, y, x, y, ...]");
          double[] values = json.numbers("segmentation");
          float[] ring = new float[values.length];
          for (int i = 0; i < ring.length; i++) {
            ring[i] = (float) values[i];
          }
          if (ring.length < 6 || ring.length % 2 != 0 || Polygons.doubleArea(ring) == 0) {
            tally.add(Kind.EMPTY_SHAPE, "a polygon of annotation " + id);
          } else {
            parts.add(ring);
          }
        });
    return parts.isEmpty() ? null : new Polygons(parts.toArray(new float[0][]));
  }

  private Shape runs() throws IOException {
    JsonLocation place = json.place();
    double[][] size = new double[1][];
    int[][] counts = new int[1][];
    json.fields(
        field -> {
          if (field.equals("size") && json.token() == JsonToken.START_ARRAY) {
            size[0] = json.numbers(field);
          } else if (field.equals("counts") && json.token() == JsonToken.START_ARRAY) {
            counts[0] = wholeNumbers();
          } else if (field.equals("counts") && json.token() == JsonToken.VALUE_STRING) {
            counts[0] = compressed();
          } else {
            json.skip();
          }
        });
    if (size[0] == null || size[0].length != 2 || counts[0] == null) {
      throw json.error(
          place, "run lengths want a \"size\" [height, width] and \"counts\" beside it.");
    }
    long sum = 0;
    for (int count : counts[0]) {
      sum += count;
    }
    int height = (int) size[0][0];
    int width = (int) size[0][1];
    if (height < 1 || width < 1 || sum != (long) height * width) {
      throw json.error(
          place,
          "the run lengths add up to %d pixels, the size is %d x %d."
              .formatted(sum, height, width));
    }
    return new Runs(width, height, counts[0]);
  }

  private int[] compressed() throws IOException {
    try {
      return CocoRuns.decode(json.text());
    } catch (IllegalArgumentException e) {
      throw json.error(e.getMessage() + ".");
    }
  }

  private int[] wholeNumbers() throws IOException {
    double[] values = json.numbers("counts");
    int[] counts = new int[values.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (int) values[i];
      if (counts[i] != values[i] || counts[i] < 0) {
        throw json.error("a run length is a whole number, got %s.".formatted(values[i]));
      }
    }
    return counts;
  }
}
