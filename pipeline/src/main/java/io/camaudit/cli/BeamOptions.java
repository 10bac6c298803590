package io.camaudit.cli;

import io.camaudit.UserException;
import io.camaudit.storage.Secrets;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** What follows {@code --} on the command line, as Beam takes it. */
final class BeamOptions {
  private BeamOptions() {}

  static PipelineOptions parse(List<String> arguments) {
    for (String argument : arguments) {
      if (!argument.startsWith("--")) {
        throw UserException.wrongArguments(
            "Unexpected argument \"%s\"; patterns such as 'photos/*.jpg' need quotes, and Beam's options follow -- and look like --runner=FlinkRunner.",
            argument);
      }
    }
    try {
      return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create();
    } catch (IllegalArgumentException e) {
      throw UserException.wrongArguments(
          "Beam does not accept %s: %s",
          String.join(" ", Secrets.redactOptions(arguments)), Secrets.redact(reason(e), arguments));
    }
  }

  private static String reason(IllegalArgumentException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
