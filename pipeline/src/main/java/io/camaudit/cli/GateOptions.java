package io.camaudit.cli;

import io.camaudit.UserException;
import io.camaudit.explain.ClassIndex;
import io.camaudit.gate.GateFile;
import io.camaudit.gate.GateRules;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.storage.RunFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say what a run has to keep to. */
final class GateOptions {
  @Option(
      names = "--gate",
      paramLabel = "FILE",
      description = "Rules that the run has to keep, YAML or JSON; see docs/gate.md.")
  private Path gate;

  @Option(
      names = "--baseline",
      paramLabel = "RUN_DIR",
      description = "The earlier run of the gate's not-worse-than, in place of the one it names.")
  private String baseline;

  /**
   * The gate, with everything it needs read, so that a mistake in it shows before a run and not
   * after.
   *
   * @return empty without {@code --gate}
   */
  Optional<RunGate> open() {
    if (gate == null) {
      if (baseline != null) {
        throw UserException.wrongArguments("--baseline goes with --gate.");
      }
      return Optional.empty();
    }
    GateRules rules = GateFile.read(gate);
    return Optional.of(new RunGate(rules, earlier(rules)));
  }

  /** The same, and that the model has the classes that the gate names. */
  Optional<RunGate> open(ClassIndex classes) {
    Optional<RunGate> opened = open();
    opened.ifPresent(run -> run.rules().classNames().forEach(classes::require));
    return opened;
  }

  private DatasetStatistics earlier(GateRules rules) {
    if (!rules.compares()) {
      if (baseline != null) {
        throw UserException.wrongArguments(
            "--baseline %s: gate %s has no rule not-worse-than.", baseline, gate);
      }
      return null;
    }
    if (baseline != null) {
      return RunGate.statistics(new RunFolder(baseline));
    }
    if (rules.earlierRun() == null) {
      throw UserException.wrongArguments(
          "Gate %s: not-worse-than needs an earlier run, as run in the file or as --baseline.",
          gate);
    }
    return RunGate.statistics(
        new RunFolder(
            gate.toAbsolutePath().resolveSibling(rules.earlierRun()).normalize().toString()));
  }
}
