package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.explain.ClassIndex;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageExplainer;
import io.camaudit.explain.JudgeSettings;
import io.camaudit.input.ImageBatch;
import io.camaudit.input.ImageRef;
import io.camaudit.report.ImageReport;
import io.camaudit.report.Prediction;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains single images without a pipeline. */
@Command(
    name = "explain",
    description = "Explains single images: prints the top five, writes overlays and reports.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ExplainOptions options;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "explained",
      description = "Where to write. Default: ${DEFAULT-VALUE}.")
  private String output;

  @Option(
      names = "--label",
      paramLabel = "CLASS",
      description = "The images' right class, if known.")
  private String label;

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Image files.")
  private List<String> images;

  @Override
  public Integer call() {
    ExplainSettings settings =
        options.settings(
            output, 1, Runtime.getRuntime().availableProcessors(), JudgeSettings.NO_REGIONS);
    if (label != null) {
      new ClassIndex(options.card().labels()).require(label);
    }
    List<ImageRef> refs = refs();
    int failed = 0;
    try (ImageExplainer explainer = ImageExplainer.open(settings)) {
      for (ImageBatch batch : ImageBatch.cut(refs, settings.batchSize())) {
        for (ImageReport report : explainer.explain(batch.images()).reports()) {
          print(report, spec.commandLine().getOut());
          failed += report.status().isFailure() ? 1 : 0;
        }
      }
    }
    return (failed > 0 ? ExitCode.TOO_MANY_FAILURES : ExitCode.OK).value();
  }

  /** Images named below the folder that all of them share, so that equal file names stay apart. */
  private List<ImageRef> refs() {
    List<Path> paths = images.stream().map(i -> Path.of(i).toAbsolutePath().normalize()).toList();
    Path common = paths.get(0).getParent();
    for (Path path : paths) {
      while (!path.startsWith(common)) {
        common = common.getParent();
      }
    }
    List<ImageRef> refs = new ArrayList<>();
    for (Path path : paths) {
      String name = common.relativize(path).toString().replace('\\', '/');
      if (refs.stream().anyMatch(ref -> ref.name().equals(name))) {
        throw UserException.wrongArguments("%s is given twice.", path);
      }
      refs.add(new ImageRef(refs.size(), name, path.toString(), label, false, List.of(), null));
    }
    return refs;
  }

  private void print(ImageReport report, PrintWriter out) {
    out.println(
        report.image()
            + (report.reason() == null ? "" : ": " + report.status() + ", " + report.reason()));
    for (Prediction prediction : report.predictions()) {
      out.printf(
          Locale.ROOT,
          "  %5.1f %%  %-28s logit %.3f%n",
          100 * prediction.probability(),
          prediction.name(),
          prediction.logit());
    }
    report.explanations().stream()
        .filter(explanation -> explanation.overlay() != null)
        .forEach(
            explanation ->
                out.printf(
                    Locale.ROOT,
                    "  %s  %s, %s%n",
                    Path.of(output, explanation.overlay()),
                    explanation.target().name(),
                    explanation.layer()));
  }
}
