package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.explain.CellEdges;
import io.camaudit.explain.ClassIndex;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageExplainer;
import io.camaudit.explain.JudgeSettings;
import io.camaudit.input.ImageBatch;
import io.camaudit.input.ImageRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Prediction;
import io.camaudit.storage.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
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

  @Option(
      names = "--raw",
      description =
          "Write each map as a NumPy file too: float32, before ReLU, in the layer's grid, whose cells lie as raw/cells.json says.")
  private boolean raw;

  @Option(
      names = "--all-classes",
      description =
          "Where every class would look: write the maps of all classes as one NumPy file an image and layer, and show the five likeliest in a sheet.")
  private boolean allClasses;

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Image files.")
  private List<String> images;

  @Override
  public Integer call() {
    if (allClasses) {
      options.showLikeliest(note -> spec.commandLine().getErr().println("camaudit: " + note));
    }
    ExplainSettings settings =
        options.settings(
            output, 1, Runtime.getRuntime().availableProcessors(), JudgeSettings.NO_REGIONS, false);
    if (raw) {
      settings = settings.withRawMaps();
    }
    if (allClasses) {
      settings = settings.withAllClasses();
    }
    for (String note : options.notes()) {
      spec.commandLine().getErr().println("camaudit: " + note);
    }
    if (label != null) {
      new ClassIndex(options.card().labels()).require(label);
    }
    List<ImageRef> refs = refs();
    int failed = 0;
    boolean faulty = false;
    try (ImageExplainer explainer = ImageExplainer.open(settings)) {
      if (raw || allClasses) {
        new RunFolder(output)
            .write(CellEdges.FILE, CellEdges.of(settings, explainer.card()).json());
      }
      for (ImageBatch batch : ImageBatch.cut(refs, settings.batchSize())) {
        for (ImageReport report : explainer.explain(batch.images()).reports()) {
          print(report, spec.commandLine().getOut());
          failed += report.status().isFailure() ? 1 : 0;
          faulty |= report.status() == ImageStatus.INTERNAL_ERROR;
        }
      }
    }
    if (faulty) {
      return ExitCode.INTERNAL_ERRORS.value();
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
    Map<String, List<Explanation>> pictures = new LinkedHashMap<>();
    report.explanations().stream()
        .filter(explanation -> explanation.overlay() != null)
        .forEach(
            explanation ->
                pictures
                    .computeIfAbsent(explanation.overlay(), path -> new ArrayList<>())
                    .add(explanation));
    pictures.forEach(
        (path, shown) ->
            out.printf(
                Locale.ROOT,
                "  %s  %s, %s%n",
                Path.of(output, path),
                few(shown, Explanation::targetName, "classes"),
                few(shown, Explanation::layer, "layers")));
  }

  /** The one that all explanations of a picture have in common, or how many there are. */
  private static String few(List<Explanation> shown, Function<Explanation, String> of, String are) {
    List<String> different = shown.stream().map(of).distinct().toList();
    return different.size() == 1
        ? different.get(0)
        : String.format(Locale.ROOT, "%d %s", different.size(), are);
  }
}
