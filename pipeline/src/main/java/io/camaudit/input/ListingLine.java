package io.camaudit.input;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camaudit.region.Box;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An image as a line of a listing's file, which its position is not part of. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ListingLine(
    String name,
    String location,
    String label,
    Boolean guessed,
    List<Box> boxes,
    List<String> boxLabels,
    FileStamp stamp,
    String region) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static String of(ImageRef image) {
    return of(image, null);
  }

  /**
   * @param region tells the image's region from any other; null for none
   */
  static String of(ImageRef image, String region) {
    return new ListingLine(
            image.name(),
            image.location(),
            image.label(),
            image.labelGuessed() ? true : null,
            image.boxes(),
            image.boxLabels(),
            image.stamp(),
            region)
        .text();
  }

  static ListingLine parse(String line) throws IOException {
    return JSON.readValue(line, ListingLine.class);
  }

  /**
   * All that an image's results come from but the model and the options; null if storage does not
   * say whether the file may have changed. Where it lies is no part of it.
   */
  String key() {
    FileStamp content = stamp == null ? null : stamp.ofContent();
    return content == null
        ? null
        : new ListingLine(name, null, label, guessed, boxes, boxLabels, content, region).text();
  }

  private String text() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can always be written", e);
    }
  }

  static ImageRef read(String line, long position) throws IOException {
    return parse(line).image(position);
  }

  /** What is done with a line, and with the image that it is. */
  @FunctionalInterface
  interface Visitor {
    void visit(ListingLine line, ImageRef image) throws IOException;
  }

  /**
   * Hands over lines one after the other, without holding them.
   *
   * @param lines of a listing's file; left open
   * @param position of the first image
   */
  static void forEach(InputStream lines, long position, Visitor visitor) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8));
    long at = position;
    for (String text = reader.readLine(); text != null; text = reader.readLine()) {
      ListingLine line = parse(text);
      visitor.visit(line, line.image(at++));
    }
  }

  private ImageRef image(long position) {
    return new ImageRef(
        position,
        name,
        location,
        label,
        Boolean.TRUE.equals(guessed),
        boxes == null ? List.of() : boxes,
        boxLabels == null ? List.of() : boxLabels,
        stamp);
  }
}
