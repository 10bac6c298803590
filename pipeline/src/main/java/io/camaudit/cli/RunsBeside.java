package io.camaudit.cli;

import io.camaudit.storage.FolderBeside;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The runs whose folders lie beside one.
 *
 * @param finished those whose results are there, newest first
 * @param open where a run is at work or was cut off, with results or without, by name
 * @param damaged where results are whose summary is damaged or cannot be read, by name
 */
record RunsBeside(List<FinishedRun> finished, List<RunFolder> open, List<RunFolder> damaged) {
  private static final Comparator<RunFolder> BY_NAME = Comparator.comparing(RunFolder::root);

  static RunsBeside of(RunFolder output) {
    List<FinishedRun> finished = new ArrayList<>();
    List<RunFolder> open = new ArrayList<>();
    List<RunFolder> damaged = new ArrayList<>();
    for (FolderBeside each : folders(output)) {
      if (each.open()) {
        open.add(each.folder());
      }
      try {
        FinishedRun.read(each.folder()).ifPresent(finished::add);
      } catch (IOException e) {
        damaged.add(each.folder());
      }
    }
    finished.sort(
        Comparator.comparing(FinishedRun::started)
            .thenComparing(FinishedRun::folder, BY_NAME)
            .reversed());
    open.sort(BY_NAME);
    damaged.sort(BY_NAME);
    return new RunsBeside(finished, open, damaged);
  }

  private static List<FolderBeside> folders(RunFolder output) {
    try {
      return FolderBeside.of(output);
    } catch (IOException e) {
      return List.of(); // the folder above is not there yet, or tells nothing
    }
  }

  /** Runs that have come to their end, newest first. */
  List<FinishedRun> ended() {
    return finished.stream().filter(run -> !open.contains(run.folder())).toList();
  }
}
