package io.camaudit.cli;

import io.camaudit.UserException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Stands in the list of commands; the launcher runs the exporter, which is Python, before Java
 * starts.
 */
@Command(
    name = "export",
    description =
        "Exports a Keras model, or by ONNX a PyTorch model (Python 3.11; run it through ./camaudit export --help).")
final class ExportCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", hidden = true)
  private List<String> ignored;

  @Override
  public Integer call() {
    throw UserException.wrongArguments(
        "The exporter is Python: run ./camaudit export, or python -m camaudit_export in export-scripts.");
  }
}
