package io.camaudit.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The pictures and reference values that make_image_fixtures.py wrote. */
final class Fixtures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Fixtures() {}

  /**
   * A file and its pixels by an independent decoder.
   *
   * @param tolerance levels of 255 by which a sample may differ
   * @param tensorflow SHA-256 of the stored pixels by TensorFlow in Python; null for formats that
   *     TensorFlow does not decode
   */
  record Picture(
      String file,
      ImageFormat format,
      int orientation,
      int tolerance,
      String tensorflow,
      RgbImage stored,
      RgbImage upright) {
    byte[] bytes() {
      return Fixtures.bytes(file);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static List<Picture> pictures() {
    List<Picture> pictures = new ArrayList<>();
    for (JsonNode node : json("pictures.json")) {
      pictures.add(
          new Picture(
              node.get("file").asText(),
              ImageFormat.valueOf(node.get("format").asText()),
              node.get("orientation").asInt(),
              node.get("tolerance").asInt(),
              node.get("tensorflow").textValue(),
              pixels(node.get("stored")),
              pixels(node.get("upright"))));
    }
    return pictures;
  }

  static Picture picture(String file) {
    return pictures().stream().filter(p -> p.file.equals(file)).findFirst().orElseThrow();
  }

  /** The bytes of one of the files in the folder {@code pictures}. */
  static byte[] bytes(String file) {
    return resource("pictures/" + file);
  }

  static JsonNode json(String name) {
    try {
      return JSON.readTree(resource(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The greatest difference between samples of two pictures of one size. */
  static int difference(RgbImage one, RgbImage other) {
    if (one.width() != other.width() || one.height() != other.height()) {
      throw new AssertionError(
          "%d x %d pixels, expected %d x %d"
              .formatted(one.width(), one.height(), other.width(), other.height()));
    }
    int greatest = 0;
    for (int i = 0; i < one.rgb().length; i++) {
      greatest = Math.max(greatest, Math.abs((one.rgb()[i] & 0xff) - (other.rgb()[i] & 0xff)));
    }
    return greatest;
  }

  private static RgbImage pixels(JsonNode node) {
    try (InputStream in =
        new GZIPInputStream(
            Fixtures.class.getResourceAsStream("expected/" + node.get("pixels").asText()))) {
      return new RgbImage(node.get("width").asInt(), node.get("height").asInt(), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] resource(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
