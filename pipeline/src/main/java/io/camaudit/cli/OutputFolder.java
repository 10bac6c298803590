package io.camaudit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.job.UnfinishedRun;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.Secrets;
import io.camaudit.storage.StorageReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
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
    try {
      if (!overwrite && UnfinishedRun.isThere(folder)) {
        folder.probe();
        folder.removeTemporaries();
        return;
      }
      if (!overwrite && folder.has(RunFolder.SUMMARY)) {
        refuseIfDamaged(folder);
        throw UserException.wrongArguments(
            "The output folder %s is not empty, it holds a finished run: choose another, have its page made again by ./camaudit report, or replace the run with --overwrite.",
            folder.root());
      }
      if (overwrite && !folder.has(RunFolder.SUMMARY)) {
        refuseOthers(folder);
      }
    } catch (IOException e) {
      throw cannotRead(folder, e);
    }
    prepare(folder, overwrite, RunFolder.own());
  }

  private static void refuseIfDamaged(RunFolder folder) {
    try {
      FinishedRun.read(folder);
    } catch (IOException e) {
      throw FinishedRun.unreadable(folder, e);
    }
  }

  /** Others too have folders named reports, and nobody gets those back. */
  private static void refuseOthers(RunFolder folder) throws IOException {
    Set<String> entries = folder.entries();
    if (entries.contains(RunFolder.UNFINISHED)) {
      return;
    }
    for (String file : RunFolder.own()) {
      if (entries.contains(file)) {
        throw UserException.wrongArguments(
            "The output folder %s holds %s, but no run.json, so no run made it: choose another folder.",
            folder.root(), file);
      }
    }
  }

  /** The same for a folder of which other files are replaced. */
  static void prepare(RunFolder folder, boolean overwrite, List<String> own) {
    try {
      Set<String> entries = entries(folder);
      if (!overwrite && !entries.isEmpty()) {
        throw UserException.wrongArguments(
            "The output folder %s is not empty: choose another, or replace what camaudit wrote there with --overwrite.",
            folder.root());
      }
      own.stream().filter(entries::contains).forEach(folder::delete);
    } catch (IOException e) {
      throw cannotRead(folder, e);
    }
    if (overwrite && own.contains(RunFolder.UNFINISHED)) {
      folder.delete(RunFolder.UNFINISHED);
    }
    folder.probe();
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

  /**
   * What ended a run, as storage's fault if it is a file of the run's own folder: somebody deleted
   * it, or its disk went away.
   */
  static RuntimeException told(RunFolder folder, RuntimeException thrown) {
    Path root = folder.local().map(Path::toAbsolutePath).orElse(null);
    for (Throwable cause = thrown; cause != null && root != null; cause = cause.getCause()) {
      if (cause instanceof UserException) {
        return thrown;
      }
      if (cause instanceof FileSystemException e
          && e.getFile() != null
          && Path.of(e.getFile()).toAbsolutePath().startsWith(root)) {
        return new UserException(
            ExitCode.STORAGE,
            String.format(
                Locale.ROOT,
                "Cannot read %s, which the run wrote: %s; the folder was changed while it was under way.",
                e.getFile(),
                StorageReason.of(e)),
            thrown);
      }
    }
    return thrown;
  }

  /** Leaves no folder behind if a run ended before it did a block; for whoever holds it. */
  static void abandon(RunFolder folder) {
    try {
      if (Set.of(RunFolder.REGION_PROBLEMS).containsAll(entries(folder))) {
        folder.delete(RunFolder.REGION_PROBLEMS);
        folder.delete(RunFolder.UNFINISHED);
        if (folder.local().isPresent()) {
          folder.delete(RunFolder.LOCK);
          Files.delete(folder.local().get());
        }
      }
    } catch (IOException | UserException e) {
      LOG.debug("{} stays", folder.root(), e); // what ended the run is what the user should read
    }
  }

  /** Writes the summary: the results are whole, and others may read them. */
  static void finish(RunFolder folder, byte[] summary) {
    UnfinishedRun.keepListing(folder);
    folder.write(RunFolder.SUMMARY, summary);
  }

  /** Leaves the run's results only, once all is done that was to be done with them. */
  static void conclude(RunFolder folder) {
    UnfinishedRun.end(folder);
    try {
      folder.removeTemporaries();
    } catch (IOException e) {
      LOG.debug("{} may hold temporary files", folder.root(), e); // the run itself is whole
    }
  }

  /** What is in the folder, but what a run leaves that was cut off before it began. */
  private static Set<String> entries(RunFolder folder) throws IOException {
    Set<String> entries = new TreeSet<>(folder.entries());
    entries.removeAll(RunFolder.OF_OPEN_RUNS);
    return entries;
  }

  /**
   * Removes what a finished run left, first what says that it is finished.
   *
   * @return whether the folder is gone too; it stays if other files are in it
   */
  static boolean removeRun(RunFolder run) throws IOException {
    RunFolder.own().forEach(run::delete);
    return run.deleteIfEmpty();
  }

  static UserException cannotRead(RunFolder folder, IOException e) {
    return new UserException(
        ExitCode.STORAGE,
        String.format(
            Locale.ROOT,
            "Cannot read the output folder %s: %s.",
            Secrets.redact(folder.root()),
            StorageReason.of(e)),
        e);
  }
}
