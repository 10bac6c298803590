package io.camaudit.region;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Puts the file and the place in it before a sentence. */
final class Place {
  private Place() {}

  static RegionException at(Path file, JsonLocation place, String what) {
    return new RegionException(
        "%s, line %d, column %d: %s".formatted(file, place.getLineNr(), place.getColumnNr(), what));
  }

  static String at(Path file, int line, String what) {
    return "%s, line %d: %s".formatted(file, line, what);
  }

  /** For a file that is not JSON, YAML or CSV to its end. */
  static RegionException broken(Path file, JsonProcessingException e) {
    String what = e.getOriginalMessage().lines().findFirst().orElse("cannot be parsed");
    if (e.getLocation() == null) {
      return new RegionException("%s: %s.".formatted(file, what), e);
    }
    return new RegionException(
        at(file, e.getLocation(), "cannot be parsed: " + what + ".").getMessage(), e);
  }

  static RegionException unreadable(Path file, IOException e) {
    String why =
        e instanceof NoSuchFileException
            ? "there is no such file"
            : "cannot be read, " + e.getMessage();
    return new RegionException("%s: %s.".formatted(file, why), e);
  }
}
