package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.Storage;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proves what a finished run suspects. */
@Command(
    name = "prove",
    description =
        "Takes objects and backgrounds out of a finished run's images and asks the model again.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ProveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProveOptions options;
  @Mixin private FlinkOptions flinkOptions;

  @Parameters(index = "0", paramLabel = "RUN_DIR", description = "The output folder of an audit.")
  private String run;

  @Option(
      names = "--classes",
      paramLabel = "CLASS",
      split = ",",
      description = "Only these, by name, id or index. Default: all.")
  private List<String> classes = List.of();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Where the run's model is now. Default: where the run found it.")
  private String model;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Classes worked on at a time. Default: as many as there are processors, or slots of the Flink cluster.")
  private Integer workers;

  @Mixin private GalleryOptions gallery;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "-- BEAM_OPTION",
      description = "Options for Beam, such as --runner=FlinkRunner.")
  private List<String> beamOptions = new ArrayList<>();

  @Override
  public Integer call() {
    options.check();
    gallery.check();
    // What a runner adds to Beam's options is not for storage, where the run has to be read first.
    Storage.configure(BeamOptions.parse(beamOptions));
    Storage.require("RUN_DIR", run);
    Storage.require("--model", model);
    RunFolder folder = new RunFolder(run);
    EarlierSettings earlier = EarlierSettings.of(folder);
    ChosenRunner runner = flinkOptions.choose(workers, beamOptions, earlier.isRemote());
    PrintWriter out = spec.commandLine().getOut();
    RunProof proof = RunProof.of(earlier, model, runner, options, classes);
    PrintWriter err = spec.commandLine().getErr();
    RunLock.alone(folder, () -> proof.make(runner.pipelines(), out, err));
    out.println("Page: " + RunPage.write(folder, gallery.images()).index());
    return ExitCode.OK.value();
  }
}
