package io.camaudit.region;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camaudit.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Texts that differ where regions do, to see which images have others than in an earlier run. */
final class RegionStamp {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DIGITS = 32;

  private RegionStamp() {}

  /** Of shapes in memory: all that {@link Region#of} takes of them. */
  static String of(List<Shape> shapes, AnnotatedImage.Read image) {
    return hash(List.of(image.width(), image.height(), shapes));
  }

  /** The same with the classes that each shape is of. */
  static String ofClasses(AnnotatedImage.Read image, RegionClasses classes) {
    List<Object> shapes = new ArrayList<>();
    for (Annotation each : image.annotations()) {
      Category category = each.category();
      shapes.add(category == null ? List.of() : new TreeSet<>(classes.classes(category)));
      shapes.add(each.shape());
    }
    return hash(List.of(image.width(), image.height(), classes.countsAll(), shapes));
  }

  /**
   * Of a mask, which is not opened: its length and time, what pixels mean, and which of them count.
   *
   * @param label index of the image's class, or null
   */
  static String of(MaskFile mask, RegionClasses classes, Integer label) {
    Path file = Path.of(mask.file());
    try {
      return hash(
          List.of(
              Files.size(file),
              Files.getLastModifiedTime(file).toMillis(),
              mask.meaning(),
              classes.stamp(),
              String.valueOf(label)));
    } catch (IOException e) {
      return "unreadable"; // and so it will be told when the image's turn comes
    }
  }

  private static String hash(Object value) {
    try {
      return Sha256.hex(JSON.writeValueAsBytes(value)).substring(0, DIGITS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and texts can always be written", e);
    }
  }
}
