package io.camaudit.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camaudit.storage.FolderBeside;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
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

  /**
   * @throws IOException if they cannot be listed or read, so that nobody takes them for gone
   */
  static RunsBeside of(RunFolder output) throws IOException {
    List<FinishedRun> finished = new ArrayList<>();
    List<RunFolder> open = new ArrayList<>();
    List<RunFolder> damaged = new ArrayList<>();
    for (FolderBeside each : FolderBeside.of(output)) {
      if (each.open()) {
        open.add(each.folder());
      }
      try {
        FinishedRun.read(each.folder()).ifPresent(finished::add);
      } catch (JsonProcessingException | AccessDeniedException e) {
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

  /** Runs that have come to their end, newest first. */
  List<FinishedRun> ended() {
    return finished.stream().filter(run -> !open.contains(run.folder())).toList();
  }
}
