package io.camaudit.cli;

import io.camaudit.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Audits the demo's pictures with the demo's model and proves what is found: the main jobs on what
 * comes with the project.
 */
@Command(
    name = "demo",
    description =
        "Audits the pictures that come with camaudit, and proves that one class has learned a shortcut.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class DemoCommand implements Callable<Integer> {
  /** The judged layer, then the last block of each stage before it, for the curves over depth. */
  private static final String LAYERS =
      "conv5_block3_out,conv2_block3_out,conv3_block4_out,conv4_block6_out";

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "out/demo",
      description = "Where everything is written. Default: ${DEFAULT-VALUE}.")
  private String output;

  @Override
  public Integer call() {
    Path demo = Path.of(System.getProperty("camaudit.home", "."), "demo");
    if (!Files.isDirectory(demo.resolve("model"))) {
      throw UserException.wrongArguments(
          "The demo's files are not in %s: run ./camaudit demo in a clone of the project.", demo);
    }
    CommandLine audit = spec.parent().commandLine().getSubcommands().get("audit");
    List<String> arguments =
        List.of(
            "--model",
            demo.resolve("model").toString(),
            "--regions",
            demo.resolve("regions.json").toString(),
            "--input",
            demo.resolve("images").toString(),
            "--layers",
            LAYERS,
            "--output",
            output,
            "--overwrite",
            "--faithfulness",
            "10",
            "--channels",
            "--prove");
    return audit.execute(arguments.toArray(String[]::new));
  }
}
