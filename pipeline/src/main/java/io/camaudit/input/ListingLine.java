package io.camaudit.input;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camaudit.region.Box;
import java.io.IOException;
import java.util.List;

/** An image as a line of a listing's file, which its position is not part of. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ListingLine(
    String name, String location, String label, Boolean guessed, List<Box> boxes, FileStamp stamp) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static String of(ImageRef image) {
    try {
      return JSON.writeValueAsString(
          new ListingLine(
              image.name(),
              image.location(),
              image.label(),
              image.labelGuessed() ? true : null,
              image.boxes(),
              image.stamp()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can always be written", e);
    }
  }

  static ImageRef read(String line, long position) throws IOException {
    ListingLine read = JSON.readValue(line, ListingLine.class);
    return new ImageRef(
        position,
        read.name,
        read.location,
        read.label,
        Boolean.TRUE.equals(read.guessed),
        read.boxes == null ? List.of() : read.boxes,
        read.stamp);
  }
}
