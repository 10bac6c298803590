package io.camaudit.region;

import com.fasterxml.jackson.core.JsonToken;
import io.camaudit.region.RegionProblems.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
          "a bbox is [x, y, width, height], this one has " + values.length + " numbers");
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
              "a segmentation is a list of polygons or an object with run lengths, got "
                  + json.text());
    };
  }

  /**
   * A list of rings, each {@code [x, y, x, y, ...]}. Two other forms mean one ring only and are
   * read so: the bare numbers {@code [x, y, ...]}, and pairs {@code [[x, y], [x, y], ...]}; in a
   * list of rings, a ring may be pairs too.
   */
  private Shape polygons(String id) throws IOException {
    List<double[]> rings = new ArrayList<>(1);
    Ring flat = new Ring();
    BadValue[] broken = new BadValue[1];
    boolean[] otherForm = new boolean[1];
    json.elements(
        () -> {
          if (json.token() != JsonToken.START_ARRAY) {
            flat.add(json.number("segmentation"));
            return;
          }
          try {
            rings.add(json.whole(() -> ring(otherForm)));
          } catch (BadValue e) {
            broken[0] = broken[0] == null ? e : broken[0];
          }
        });
    if (flat.size > 0 && !rings.isEmpty()) {
      throw json.error("expected a list of polygons, got numbers and lists");
    }
    boolean pairs = rings.size() > 2 && rings.stream().allMatch(ring -> ring.length == 2);
    if (pairs) {
      rings.forEach(flat::addAll);
      rings.clear();
    }
    if (flat.size > 0) {
      if (broken[0] != null) {
        throw broken[0]; // a point is missing, so the ring is another
      }
      if (flat.size < 6) {
        throw json.error("expected a polygon [x, y, x, y, ...], got " + flat.size + " numbers");
      }
      rings.add(flat.values());
      otherForm[0] = true;
    }
    Shape shape = shape(rings, id);
    if (broken[0] != null) {
      if (shape == null) {
        throw broken[0];
      }
      tally.add(Kind.BROKEN_SEGMENTATION, "annotation " + id, broken[0].getMessage());
    }
    if (otherForm[0]) {
      tally.add(Kind.FLAT_POLYGON, "annotation " + id);
    }
    return shape;
  }

  private Shape shape(List<double[]> rings, String id) {
    List<float[]> parts = new ArrayList<>(1);
    for (double[] values : rings) {
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

  private double[] ring(boolean[] otherForm) throws IOException {
    Ring ring = new Ring();
    json.elements(
        () -> {
          if (json.token() == JsonToken.START_ARRAY) {
            double[] point = json.numbers("segmentation");
            if (point.length != 2) {
              throw json.error("a point is [x, y], this one has " + point.length + " numbers");
            }
            ring.addAll(point);
            otherForm[0] = true;
          } else {
            ring.add(json.number("segmentation"));
          }
        });
    return ring.values();
  }

  /** Coordinates, as many as come. */
  private static final class Ring {
    private double[] values = new double[16];
    private int size;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    void addAll(double[] more) {
      for (double value : more) {
        add(value);
      }
    }

    double[] values() {
      return Arrays.copyOf(values, size);
    }
  }

  private Shape runs() throws IOException {
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
      throw json.error("run lengths want a \"size\" [height, width] and \"counts\" beside it");
    }
    long sum = 0;
    for (int count : counts[0]) {
      sum += count;
    }
    int height = (int) size[0][0];
    int width = (int) size[0][1];
    if (height < 1 || width < 1 || sum != (long) height * width) {
      throw json.error(
          "the run lengths add up to " + sum + " pixels, the size is " + height + " x " + width);
    }
    return new Runs(width, height, counts[0]);
  }

  private int[] compressed() throws IOException {
    try {
      return CocoRuns.decode(json.text());
    } catch (IllegalArgumentException e) {
      throw json.error(e.getMessage());
    }
  }

  private int[] wholeNumbers() throws IOException {
    double[] values = json.numbers("counts");
    int[] counts = new int[values.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (int) values[i];
      if (counts[i] != values[i] || counts[i] < 0) {
        throw json.error("a run length is a whole number, got " + values[i]);
      }
    }
    return counts;
  }
}
