package io.camaudit.cli;

import io.camaudit.UserException;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.Storage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges a finished run by the rules of a gate. */
@Command(
    name = "gate",
    description = "Judges a finished run by rules; exit code 7 if one is violated.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class GateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private GateOptions options;

  @Parameters(paramLabel = "RUN_DIR", description = "The output folder of an audit.")
  private String run;

  @Override
  public Integer call() {
    Storage.require("RUN_DIR", run);
    RunFolder folder = new RunFolder(run);
    RunGate gate =
        options
            .open(folder)
            .orElseThrow(
                () ->
                    UserException.wrongArguments(
                        "--gate is missing: name a file with rules, such as configs/gates/demo.yaml."));
    return gate.judge(folder, spec.commandLine().getOut(), spec.commandLine().getErr()).value();
  }
}
