package io.camaudit.input;

import com.google.code.externalsorting.ExternalSort;
import io.camaudit.storage.TemporaryFiles;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts any number of lines by a key in bounded memory, through temporary files. Keys are ordered
 * by their UTF-16 code units, as {@link String#compareTo} has it; lines of equal keys come in the
 * order of their text.
 */
final class LineSorter implements Closeable {
  /** Characters are two bytes in the library's account, and it holds one such part at a time. */
  private static final long MEMORY = 16L << 20;

  private static final int MAX_TEMPORARY_FILES = 1024;
  private static final Comparator<String> BY_TEXT = Comparator.naturalOrder();

  private final Path folder;
  private final Path unsorted;
  private final BufferedWriter writer;
  private long characters;

  LineSorter() throws IOException {
    folder = TemporaryFiles.folder("sort");
    unsorted = folder.resolve("unsorted");
    writer = Files.newBufferedWriter(unsorted, StandardCharsets.UTF_8);
  }

  /**
   * @param line without line feeds
   */
  void add(String key, String line) throws IOException {
    String keyed = keyed(key) + line;
    writer.write(keyed);
    writer.write('\n');
    characters += keyed.length() + 1;
  }

  /** What is done with each line, in order. */
  @FunctionalInterface
  interface Visitor {
    void visit(String line) throws IOException;
  }

  /** Hands over all lines in order; to be called once. */
  void forEach(Visitor visitor) throws IOException {
    writer.close();
    Path sorted = folder.resolve("sorted");
    List<File> parts;
    try (BufferedReader reader = Files.newBufferedReader(unsorted, StandardCharsets.UTF_8)) {
      parts =
          ExternalSort.sortInBatch(
              reader,
              2 * characters,
              BY_TEXT,
              MAX_TEMPORARY_FILES,
              MEMORY,
              StandardCharsets.UTF_8,
              folder.toFile(),
              false,
              0,
              false,
              false);
    }
    Files.delete(unsorted);
    ExternalSort.mergeSortedFiles(parts, sorted.toFile(), BY_TEXT, StandardCharsets.UTF_8);
    try (BufferedReader reader = Files.newBufferedReader(sorted, StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        visitor.visit(line.substring(line.indexOf('\t') + 1));
      }
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /**
   * Ends keys with a tab, which is less than all that is left in them, so that prefixes go first.
   */
  private static String keyed(String key) {
    StringBuilder text = new StringBuilder(key.length() + 1);
    key.chars()
        .forEach(
            c -> {
              if (c < ' ') {
                // Such characters would end the line or the key; they sort as what they become.
                text.append(' ').append((char) ('@' + c));
              } else {
                text.append((char) c);
              }
            });
    return text.append('\t').toString();
  }
}
