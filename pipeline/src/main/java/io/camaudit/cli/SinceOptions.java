package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.job.Differences;
import io.camaudit.job.EarlierRun;
import io.camaudit.storage.Locations;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.Storage;
import io.camaudit.storage.StorageReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Options for audits that are made over and over, each with a folder of its own. */
final class SinceOptions {
  private static final String LATEST = "latest";
  private static final int NAMED = 3;

  @Option(
      names = "--since",
      paramLabel = "RUN_DIR",
      description =
          "A finished run, or 'latest' for the newest one beside the output folder. What has not changed since is taken over.")
  private String since;

  @Option(
      names = "--keep",
      paramLabel = "N",
      description =
          "When the run is finished, remove the oldest finished runs beside the output folder, so that N are left.")
  private Integer keep;

  /**
   * @throws UserException for options that cannot be meant
   */
  void check() {
    if (!LATEST.equals(since)) {
      Storage.require("--since", since);
    }
    if (keep != null && keep < 1) {
      throw UserException.wrongArguments("--keep %d: must be at least 1.", keep);
    }
  }

  /**
   * The earlier run, and in which decisive things it differs from the one that begins.
   *
   * @param differences empty if its results can be taken over
   */
  record Found(FinishedRun run, List<String> differences) {
    Optional<EarlierRun> usable(int batchSize) {
      return differences.isEmpty()
          ? Optional.of(new EarlierRun(run.folder(), run.images(), batchSize))
          : Optional.empty();
    }
  }

  /**
   * Finds the earlier run, and says it if nothing can be taken over.
   *
   * @param identity what decides the results of the run that begins, by name
   * @return empty without {@code --since}, and for the first run of a folder of runs
   * @throws UserException if the option names no finished run
   */
  Optional<Found> find(RunFolder output, Map<String, String> identity, PrintWriter err) {
    if (since == null) {
      return Optional.empty();
    }
    Optional<FinishedRun> run = run(output, err);
    if (run.isEmpty()) {
      err.printf(
          Locale.ROOT,
          "camaudit: --since latest: no finished run lies beside %s yet, so all images are computed%n",
          output.root());
      return Optional.empty();
    }
    Found found = new Found(run.get(), differences(run.get(), identity));
    if (!found.differences.isEmpty()) {
      err.printf(
          Locale.ROOT,
          "camaudit: nothing is taken over from %s, which differs in %s: all images are computed%n",
          run.get().folder().root(),
          String.join(", ", found.differences));
    }
    return Optional.of(found);
  }

  /** Why nothing is taken over from a run that differs in nothing. */
  static String damagedListing(RunFolder run) {
    return String.format(
        Locale.ROOT,
        "nothing is taken over from %s, whose %s is damaged: all images are computed",
        run.root(),
        RunFolder.LISTING);
  }

  private Optional<FinishedRun> run(RunFolder output, PrintWriter err) {
    if (since.equals(LATEST)) {
      RunsBeside beside = beside(output);
      if (!beside.damaged().isEmpty()) {
        err.printf(
            Locale.ROOT,
            "camaudit: --since latest: passing over what has a run.json that is damaged or may not be read: %s; make these runs again with --overwrite, or remove their folders%n",
            named(beside.damaged()));
      }
      return beside.finished().stream().findFirst();
    }
    RunFolder named = new RunFolder(since);
    if (isSame(named, output)) {
      throw UserException.wrongArguments(
          "--since %s is the output folder itself: give the new run another --output.", since);
    }
    Optional<FinishedRun> run;
    try {
      run = FinishedRun.read(named);
    } catch (IOException e) {
      run = Optional.empty();
    }
    if (run.isEmpty()) {
      throw UserException.wrongArguments(
          "--since %s holds no finished run: there is no run.json that can be read; name a finished run, or 'latest' for the newest beside --output.",
          since);
    }
    return run;
  }

  private static RunsBeside beside(RunFolder output) {
    try {
      return RunsBeside.of(output);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.STORAGE,
          String.format(
              Locale.ROOT,
              "Cannot look for runs beside %s: %s.",
              output.root(),
              StorageReason.of(e)),
          e);
    }
  }

  private static String named(List<RunFolder> folders) {
    String some =
        folders.stream().limit(NAMED).map(RunFolder::root).collect(Collectors.joining(", "));
    int others = folders.size() - NAMED;
    return others > 0 ? String.format(Locale.ROOT, "%s and %,d more", some, others) : some;
  }

  /** Regions are compared image by image; here it counts only whether there are any. */
  private static List<String> differences(FinishedRun run, Map<String, String> identity) {
    Map<String, String> now = new HashMap<>(identity);
    Map<String, String> then = new HashMap<>(run.identity());
    for (Map<String, String> each : List.of(now, then)) {
      each.remove("--region-mapping");
      each.computeIfPresent("--regions", (name, where) -> "some");
    }
    then.keySet().removeIf(name -> !now.containsKey(name) && !name.startsWith("--region"));
    List<String> differences = new ArrayList<>(Differences.between(then, now));
    try {
      run.folder().stream(RunFolder.LISTING).close();
    } catch (IOException e) {
      differences.add("its listing.jsonl, which is not there");
    }
    return differences;
  }

  /**
   * Removes the oldest finished runs, and says which.
   *
   * @param needed runs that stay whatever their age
   */
  void prune(RunFolder output, List<RunFolder> needed, PrintWriter out, PrintWriter err) {
    if (keep == null) {
      return;
    }
    RunsBeside beside;
    try {
      beside = beside(output);
    } catch (UserException e) {
      err.printf(Locale.ROOT, "camaudit: --keep: nothing is removed. %s%n", e.getMessage());
      return;
    }
    if (!beside.open().isEmpty()) {
      err.printf(
          Locale.ROOT,
          "camaudit: --keep: left alone, since a run is at work there or was cut off: %s; the same command ends a run that was cut off, or remove its folder%n",
          named(beside.open()));
    }
    List<FinishedRun> others = beside.ended();
    List<String> removed = new ArrayList<>();
    for (FinishedRun run : others.subList(Math.min(keep - 1, others.size()), others.size())) {
      if (needed.stream().noneMatch(folder -> isSame(folder, run.folder()))) {
        String root = run.folder().root();
        try {
          boolean gone = OutputFolder.removeRun(run.folder());
          removed.add(gone ? root : root + " (but for other files)");
        } catch (IOException | UserException e) {
          err.printf(
              Locale.ROOT, "camaudit: --keep: %s cannot be removed: %s%n", root, e.getMessage());
        }
      }
    }
    if (!removed.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "Removed, to keep %d %s: %s%n",
          keep,
          keep == 1 ? "run" : "runs",
          String.join(", ", removed));
    }
  }

  /** The run that {@code --since} means, which is never removed. */
  static Optional<RunFolder> folder(Optional<Found> found) {
    return found.map(each -> each.run().folder());
  }

  private static boolean isSame(RunFolder one, RunFolder other) {
    Optional<Path> here = one.local();
    Optional<Path> there = other.local();
    if (here.isEmpty() || there.isEmpty()) {
      return Locations.absolute(one.root()).equals(Locations.absolute(other.root()));
    }
    try {
      return Files.isSameFile(here.get(), there.get());
    } catch (IOException e) {
      return here.get()
          .toAbsolutePath()
          .normalize()
          .equals(there.get().toAbsolutePath().normalize());
    }
  }
}
