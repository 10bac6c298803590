package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.savedmodel.ExplainableModel;
import io.camaudit.savedmodel.Geometry;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.ModelCheck;
import io.camaudit.savedmodel.SessionSettings;
import io.camaudit.storage.ModelFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a model's card and checks the model on a generated picture. */
@Command(
    name = "model",
    description = "Prints an exported model's card and checks the model on a generated picture.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The exported model.")
  private String directory;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    SessionSettings settings =
        new SessionSettings(Runtime.getRuntime().availableProcessors(), 1, 2);
    Path folder = ModelFolder.local(directory, null);
    try (ExplainableModel model = ExplainableModel.load(folder, settings)) {
      print(model.card(), out);
      out.printf(Locale.ROOT, "sha256    %s%n", ModelFolder.sha256(folder));
      boolean passed = true;
      for (ModelCheck.Finding finding : ModelCheck.run(model)) {
        passed &= finding.passed();
        out.printf(
            Locale.ROOT,
            "%-6s %s: %.2g (at most %.0e)%n",
            finding.passed() ? "ok" : "FAILED",
            finding.name(),
            finding.difference(),
            finding.tolerance());
      }
      return (passed ? ExitCode.OK : ExitCode.MODEL_UNUSABLE).value();
    }
  }

  private static void print(ModelCard card, PrintWriter out) {
    ModelCard.Input input = card.input();
    out.printf(Locale.ROOT, "model     %s (%s)%n", card.model().name(), card.model().source());
    out.printf(
        Locale.ROOT,
        "weights   %s, %,d parameters, SHA-256 %s%n",
        card.model().weights(),
        card.model().parameters(),
        card.model().weightsSha256());
    out.printf(
        Locale.ROOT,
        "input     %d x %d%s, %s%s, %s%s, %s%n",
        input.width(),
        input.height(),
        input.channels() == 1 ? " grey" : "",
        input.geometry().kind().name().toLowerCase(Locale.ROOT),
        resized(input.geometry().resize()),
        input.interpolation(),
        input.antialias() ? " antialiased" : "",
        input.normalization());
    out.printf(
        Locale.ROOT,
        "classes   %,d, %s, from %s to %s%n",
        card.classes(),
        decision(card.decision()),
        card.labels().get(0).name(),
        card.labels().get(card.classes() - 1).name());
    out.printf(
        Locale.ROOT,
        "methods   %s%n",
        String.join(", ", card.methods().stream().map(ModelCommand::described).toList()));
    for (ModelCard.Layer layer : card.layers()) {
      out.printf(
          Locale.ROOT,
          "layer     %s, %d x %d x %,d%s%s%n",
          layer.name(),
          layer.height(),
          layer.width(),
          layer.channels(),
          layer.name().equals(card.defaultLayer()) ? " (default)" : "",
          layer.centers() == null ? "" : ", receptive fields measured");
    }
    out.printf(
        Locale.ROOT,
        "exported  %s with TensorFlow %s, Keras %s%n",
        card.created().at(),
        card.created().tensorflow(),
        card.created().keras());
  }

  private static String described(ModelCard.Method method) {
    return method.name() + (method.isClassSpecific() ? "" : " (the same for every class)");
  }

  /** What the crop is cut out of; empty where nothing is cut. */
  private static String resized(Geometry.Resize resize) {
    if (resize == null) {
      return "";
    }
    return resize.width() == resize.height()
        ? " of " + resize.height()
        : " of " + resize.width() + " x " + resize.height();
  }

  private static String decision(ModelCard.Decision decision) {
    return decision.threshold() == null
        ? decision.kind().toString()
        : String.format(Locale.ROOT, "%s above %s", decision.kind(), decision.threshold());
  }
}
