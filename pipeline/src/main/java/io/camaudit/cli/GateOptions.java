package io.camaudit.cli;

import io.camaudit.UserException;
import io.camaudit.explain.ClassIndex;
import io.camaudit.gate.GateFile;
import io.camaudit.gate.GateRules;
import io.camaudit.storage.Locations;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
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
   * @param classes the model's; without them classes are looked for among those of the run
   * @return empty without {@code --gate}
   */
  Optional<RunGate> open(Optional<ClassIndex> classes) {
    return rules()
        .map(
            rules -> {
              GateRules byId = byId(rules, classes);
              return new RunGate(byId, earlier(rules).map(RunGate::read).orElse(null));
            });
  }

  /**
   * The same for a run that is there already. Its model's classes are known if the model is still
   * where the run found it.
   *
   * @throws UserException if the run would be compared with itself
   */
  Optional<RunGate> open(RunFolder run) {
    return rules()
        .map(
            rules -> {
              Optional<RunFolder> earlier = earlier(rules);
              if (earlier.isPresent() && isSame(run, earlier.get())) {
                throw UserException.wrongArguments(
                    "%s cannot be compared with itself: name an earlier run.", run.root());
              }
              GateRules byId = byId(rules, RunGate.classes(run));
              return new RunGate(byId, earlier.map(RunGate::read).orElse(null));
            });
  }

  /** The run that the gate compares with, if one of its rules does. */
  Optional<RunFolder> comparedWith() {
    return rules().flatMap(this::earlier);
  }

  private Optional<GateRules> rules() {
    if (gate == null && baseline != null) {
      throw UserException.wrongArguments("--baseline goes with --gate.");
    }
    Storage.require("--baseline", baseline);
    return Optional.ofNullable(gate).map(GateFile::read);
  }

  private static GateRules byId(GateRules rules, Optional<ClassIndex> classes) {
    return classes.map(all -> rules.withClassIds(name -> all.require(name).id())).orElse(rules);
  }

  private static boolean isSame(RunFolder one, RunFolder other) {
    Optional<Path> here = one.local();
    Optional<Path> there = other.local();
    if (here.isEmpty() && there.isEmpty()) {
      return Locations.absolute(one.root()).equals(Locations.absolute(other.root()));
    }
    try {
      return here.isPresent() && there.isPresent() && Files.isSameFile(here.get(), there.get());
    } catch (IOException e) {
      return false; // one of them is missing, which is said when it is read
    }
  }

  private Optional<RunFolder> earlier(GateRules rules) {
    if (!rules.compares()) {
      if (baseline != null) {
        throw UserException.wrongArguments(
            "--baseline %s: gate %s has no rule not-worse-than.", baseline, gate);
      }
      return Optional.empty();
    }
    if (baseline != null) {
      return Optional.of(new RunFolder(baseline));
    }
    if (rules.earlierRun() == null) {
      throw UserException.wrongArguments(
          "Gate %s: not-worse-than needs an earlier run, as run in the file or as --baseline.",
          gate);
    }
    String run = rules.earlierRun();
    Storage.require("Gate " + gate + ", run", run);
    return Optional.of(
        new RunFolder(
            Locations.local(run)
                .map(path -> gate.toAbsolutePath().resolveSibling(path).normalize().toString())
                .orElse(run)));
  }
}
