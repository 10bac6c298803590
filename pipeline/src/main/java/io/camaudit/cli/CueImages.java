package io.camaudit.cli;

import io.camaudit.Nearest;
import io.camaudit.UserException;
import io.camaudit.channel.ChannelFiles;
import io.camaudit.storage.StorageReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The list of images that a person points at: names as the run's records have them, one a line. */
final class CueImages {
  /** The first line of a table of names, such as the page gives. */
  private static final String HEADER = "image";

  private static final int CANDIDATES = 10_000;
  private static final int LEAST = 2;

  private CueImages() {}

  /**
   * @throws UserException if the list cannot be read, or names images that the run does not have
   */
  static Set<String> read(Path list, ChannelFiles files) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    try {
      for (String line : Files.readAllLines(list)) {
        String name = unquoted(line.strip());
        if (!name.isEmpty() && !(names.isEmpty() && name.equals(HEADER))) {
          names.add(name);
        }
      }
    } catch (IOException e) {
      throw UserException.wrongArguments(
          "--images %s cannot be read: %s.", list, StorageReason.of(e));
    }
    Set<String> unknown = new LinkedHashSet<>(names);
    List<String> others = new ArrayList<>();
    files.forEach(
        (report, vectors) -> {
          unknown.remove(report.image());
          if (others.size() < CANDIDATES) {
            others.add(report.image());
          }
        });
    if (!unknown.isEmpty()) {
      String first = unknown.iterator().next();
      throw UserException.wrongArguments(
          "--images %s: %d of its %d names are no image of the run that has channels, such as \"%s\"; near it is %s.",
          list, unknown.size(), names.size(), first, Nearest.to(first, others, 1));
    }
    if (names.size() < LEAST) {
      throw UserException.wrongArguments(
          "--images %s names %d images; a cue takes at least %d: half of them make it, the others show whether it holds.",
          list, names.size(), LEAST);
    }
    return names;
  }

  /** A name in a table may stand in quotes. */
  private static String unquoted(String line) {
    boolean quoted = line.length() > 1 && line.startsWith("\"") && line.endsWith("\"");
    return quoted ? line.substring(1, line.length() - 1).replace("\"\"", "\"") : line;
  }
}
