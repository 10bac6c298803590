package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StorageReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes sure, before anything is computed, that a run has a folder of its own that it can write.
 */
final class OutputFolder {
  /** What a run makes; nothing else in the folder is ever removed. */
  private static final List<String> OWN =
      List.of(
          "run.json",
          "failures.jsonl",
          "classes.json",
          "classes.csv",
          RunGate.FILE,
          "reports",
          "overlays",
          "records",
          "parquet",
          "report",
          "report.partial");

  private OutputFolder() {}

  /**
   * @param overwrite whether an earlier run in the folder is removed
   * @throws UserException if the folder holds something else, or cannot be written
   */
  static void prepare(RunFolder folder, boolean overwrite) {
    prepare(folder, overwrite, OWN);
  }

  /** The same for a folder of which other files are replaced. */
  static void prepare(RunFolder folder, boolean overwrite, List<String> own) {
    if (folder.local().isEmpty()) {
      return;
    }
    Path path = folder.local().get();
    try {
      if (Files.isDirectory(path) && !isEmpty(path)) {
        if (!overwrite) {
          throw UserException.wrongArguments(
              "The output folder %s is not empty: choose another, or replace what is in it with --overwrite.",
              path);
        }
        for (String file : own) {
          remove(path.resolve(file));
        }
      }
      Files.createDirectories(path);
      Path probe = Files.createTempFile(path, ".camaudit", ".tmp");
      Files.delete(probe);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.STORAGE,
          "Cannot write the output folder %s: %s.".formatted(path, StorageReason.of(e)),
          e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void remove(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path entry : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
