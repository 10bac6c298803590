package io.camaudit.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camaudit.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A list of images with their labels: a table (CSV, or with semicolons, tabs or bars), JSON or JSON
 * Lines, or lines of a path with its label behind it. What it is, its content says.
 */
public final class Manifest {
  private static final Set<String> SUFFIXES =
      Set.of("csv", "tsv", "txt", "lst", "list", "json", "jsonl", "ndjson");

  /** As much of a list as its form is told by. */
  private static final int LOOKED_AT = 1 << 16;

  private Manifest() {}

  /** Whether a location's name says that it is a list. */
  static boolean isName(String location) {
    return SUFFIXES.contains(ImageNames.suffix(location));
  }

  /** What is done with each row; entries are counted from 1. */
  @FunctionalInterface
  interface Visitor {
    void visit(long entry, ManifestRow row) throws IOException;
  }

  /**
   * Hands over the rows of a list, as they stand in it.
   *
   * @param root folder that paths are relative to
   * @param notes takes a sentence for each choice that was made
   * @return whether the list says what the images' labels are, be it nothing
   * @throws UserException if the list cannot be read, or its form says too little
   */
  static boolean forEach(String location, String root, Consumer<String> notes, Visitor visitor)
      throws IOException {
    List<String> encoding = new ArrayList<>();
    try (BufferedReader reader = ManifestText.open(location, encoding::add)) {
      reader.mark(LOOKED_AT);
      int first = reader.read();
      while (first >= 0 && Character.isWhitespace(first)) {
        first = reader.read();
      }
      int second = reader.read();
      reader.reset();
      boolean braces = first == '{' || (first == '[' && "{[\" \t\r\n]".indexOf(second) >= 0);
      if (braces) {
        return new JsonManifest(location, notes, visitor).read();
      }
      encoding.forEach(notes);
      return new ManifestTable(location, root, notes).forEach(reader, visitor);
    } catch (JsonProcessingException e) {
      throw UserException.wrongArguments(
          "Manifest %s, line %d cannot be parsed: %s.",
          location,
          e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
          e.getOriginalMessage().lines().findFirst().orElse("no further reason is known"));
    }
  }
}
