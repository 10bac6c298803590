package io.camaudit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.job.UnfinishedRun;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StorageReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure, before anything is computed, that a run has a folder of its own that it can write.
 */
final class OutputFolder {
  private static final Logger LOG = LoggerFactory.getLogger(OutputFolder.class);

  private OutputFolder() {}

  /**
   * @param overwrite whether an earlier run in the folder is removed; without it, one that was cut
   *     off is gone on with
   * @throws UserException if the folder holds something else, or cannot be written
   */
  static void prepare(RunFolder folder, boolean overwrite) {
    if (folder.local().isEmpty()) {
      return;
    }
    Path path = folder.local().get();
    try {
      if (!overwrite && UnfinishedRun.isThere(folder)) {
        probe(path);
        return;
      }
    } catch (IOException e) {
      throw cannotWrite(path, e);
    }
    if (overwrite && !RunFolder.isRun(path)) {
      // Others too have folders named reports, and nobody gets those back.
      for (String file : RunFolder.own()) {
        if (Files.exists(path.resolve(file))) {
          throw UserException.wrongArguments(
              "The output folder %s holds %s, but no run.json, so no run made it: choose another folder.",
              path, file);
        }
      }
    }
    prepare(folder, overwrite, RunFolder.own());
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
      probe(path);
    } catch (IOException e) {
      throw cannotWrite(path, e);
    }
  }

  /**
   * Writes all that was odd about the regions, of which the terminal shows the first few of each
   * kind; no file if nothing was.
   */
  static void writeRegionProblems(RunFolder folder, List<String> lines, PrintWriter err) {
    if (!lines.isEmpty()) {
      folder.write(RunFolder.REGION_PROBLEMS, (String.join("\n", lines) + "\n").getBytes(UTF_8));
      err.println(
          "camaudit: regions: each of them is in " + folder.locate(RunFolder.REGION_PROBLEMS));
    }
  }

  /** Leaves no folder behind if a run ended before it did a block. */
  static void abandon(RunFolder folder) {
    if (folder.local().isEmpty()) {
      return;
    }
    Path path = folder.local().get();
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> before =
          List.of(path.resolve(RunFolder.UNFINISHED), path.resolve(RunFolder.REGION_PROBLEMS));
      if (entries.allMatch(before::contains)) {
        Files.deleteIfExists(path.resolve(RunFolder.REGION_PROBLEMS));
        remove(path.resolve(RunFolder.UNFINISHED));
        Files.delete(path);
      }
    } catch (IOException e) {
      LOG.debug("{} stays", path, e); // what ended the run is what the user should read
    }
  }

  /** Writes the summary, which says that the run has ended. */
  static void finish(RunFolder folder, byte[] summary) {
    folder.write(RunFolder.SUMMARY, summary);
    if (folder.local().isPresent()) {
      Path unfinished = folder.local().get().resolve(RunFolder.UNFINISHED);
      try {
        remove(unfinished);
      } catch (IOException e) {
        throw cannotWrite(unfinished, e);
      }
    }
  }

  private static void probe(Path path) throws IOException {
    Files.delete(Files.createTempFile(path, ".camaudit", ".tmp"));
  }

  private static UserException cannotWrite(Path path, IOException e) {
    return new UserException(
        ExitCode.STORAGE,
        "Cannot write the output folder %s: %s.".formatted(path, StorageReason.of(e)),
        e);
  }

  /** Whether nothing is there but what a run leaves that was cut off before it began. */
  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.allMatch(folder.resolve(RunFolder.UNFINISHED)::equals);
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
