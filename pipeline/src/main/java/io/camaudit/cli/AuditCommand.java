package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.explain.ClassIndex;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageJudge;
import io.camaudit.explain.JudgeSettings;
import io.camaudit.input.InputSpec;
import io.camaudit.input.LabelSource;
import io.camaudit.job.AuditJob;
import io.camaudit.job.AuditPlan;
import io.camaudit.job.RunOutcome;
import io.camaudit.job.UnfinishedRun;
import io.camaudit.report.ReportJson;
import io.camaudit.report.RunSummary;
import io.camaudit.storage.ModelFolder;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.Storage;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Audits a dataset in a Beam pipeline. */
@Command(
    name = "audit",
    description =
        "Explains every image of a dataset; what follows -- goes to Beam's PipelineOptions.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ExplainOptions options;
  @Mixin private RegionOptions regionOptions;
  @Mixin private GateOptions gateOptions;

  @Option(
      names = "--input",
      paramLabel = "WHERE",
      required = true,
      description =
          "A folder, a pattern in quotes such as 'photos/**.jpg', or a manifest (.csv, .jsonl) with image and label.")
  private String input;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "Where everything is written.")
  private String output;

  @Option(names = "--overwrite", description = "Replace an earlier run in the output folder.")
  private boolean overwrite;

  @Option(
      names = "--labels",
      paramLabel = "SOURCE",
      defaultValue = "auto",
      description =
          "auto: a folder's name that is a class; folder: any folder's name; none. A manifest's labels count unless none. Default: ${DEFAULT-VALUE}.")
  private LabelSource labels;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads of the direct runner. Default: all processors.")
  private Integer workers;

  @Option(
      names = "--max-failures",
      paramLabel = "N|P%",
      defaultValue = "50%",
      description =
          "More failed images than this, as a count or a share, make the run fail. Default: ${DEFAULT-VALUE}.")
  private String maxFailures;

  @Option(
      names = "--page",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether the page is made. Default: it is.")
  private boolean page;

  @Option(
      names = "--parquet",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether Parquet files are written. Default: they are.")
  private boolean parquet;

  @Option(
      names = "--gallery-images",
      paramLabel = "N",
      defaultValue = "24",
      description = "Most images of one class and verdict on the page. Default: ${DEFAULT-VALUE}.")
  private int galleryImages;

  @Parameters(
      arity = "0..*",
      paramLabel = "-- BEAM_OPTION",
      description = "Options for Beam, such as --runner=FlinkRunner.")
  private List<String> beamOptions = new ArrayList<>();

  @Override
  public Integer call() {
    FailureLimit limit = FailureLimit.parse(maxFailures);
    PipelineOptions pipelineOptions = BeamOptions.parse(beamOptions);
    if (galleryImages < 1) {
      throw UserException.wrongArguments("--gallery-images %d: must be at least 1.", galleryImages);
    }
    int threads = workers == null ? Runtime.getRuntime().availableProcessors() : workers;
    if (threads < 1) {
      throw UserException.wrongArguments("--workers %d: must be at least 1.", threads);
    }
    Storage.configure(pipelineOptions);
    Storage.require("--input", input);
    Storage.require("--output", output);
    InputSpec images = new InputSpec(input, labels);
    JudgeSettings judge = regionOptions.settings(images);
    ExplainSettings settings = options.settings(output, threads, 1, judge);
    PrintWriter err = spec.commandLine().getErr();
    ImageJudge regions = ImageJudge.open(judge, options.card().labels());
    List<String> regionProblems = regions.problems();
    tell(regionProblems, err);
    Optional<RunGate> gate = gateOptions.open(Optional.of(new ClassIndex(options.card().labels())));
    UnfinishedRun.Listed listed = UnfinishedRun.Listed.of(images, settings.batchSize());
    RunFolder folder = new RunFolder(output);
    RunLock.refuseIfHeld(folder);
    OutputFolder.prepare(folder, overwrite);
    folder.probe();
    ConsoleProgress progress = new ConsoleProgress(err, System.console() != null);
    Instant start = Instant.now();
    AuditPlan plan;
    RunOutcome outcome;
    try (RunLock lock = RunLock.take(folder)) {
      UnfinishedRun run = UnfinishedRun.begin(folder, listed, decisive(judge));
      plan = new AuditPlan(images, settings, folder, parquet, run);
      OutputFolder.writeRegionProblems(folder, regions.problemLines(), err);
      tellTakenOver(run, err);
      try {
        outcome =
            AuditJob.run(
                plan,
                pipelineOptions,
                threads,
                progress,
                failed -> limit.isExceeded(failed, run.images()));
      } finally {
        progress.end();
      }
    } catch (RuntimeException e) {
      OutputFolder.abandon(folder);
      throw e;
    }
    List<String> lateProblems = RunReport.regionProblems(outcome);
    tell(lateProblems, err);
    List<String> problems = new ArrayList<>(regionProblems);
    problems.addAll(lateProblems);

    RunSummary summary =
        RunReport.summary(
            plan,
            outcome,
            options.card(),
            optionSummary(limit, judge),
            problems,
            start,
            threads,
            pipelineOptions,
            beamOptions);
    OutputFolder.finish(folder, ReportJson.document(summary));
    PrintWriter out = spec.commandLine().getOut();
    ExitCode code = RunReport.conclude(summary, folder, limit, out, err);
    if (page) {
      out.println("Page: " + RunPage.write(folder, galleryImages).index());
    }
    ExitCode judged = gate.map(rules -> rules.judge(folder, out, err)).orElse(ExitCode.OK);
    // A run that lost too many images is no good to judge a release by, whatever its rules say.
    return (code == ExitCode.OK ? judged : code).value();
  }

  /** What makes the results of two runs over the same images differ, by the options' names. */
  private Map<String, String> decisive(JudgeSettings judge) {
    Map<String, String> decisive = new TreeMap<>();
    decisive.put("camaudit", Version.camaudit());
    decisive.put("the model", RunReport.sha256(ModelFolder.local(options.model(), null)));
    decisive.put("--labels", labels.name().toLowerCase(Locale.ROOT));
    Map<String, Object> results = new LinkedHashMap<>(options.summary());
    results.putAll(regionOptions.summary(judge));
    results.forEach((name, value) -> decisive.put("--" + name, String.valueOf(value)));
    return decisive;
  }

  private static void tellTakenOver(UnfinishedRun run, PrintWriter err) {
    if (!run.done().isEmpty()) {
      err.printf(
          "camaudit: going on with a run that was cut off: %,d of %,d images are done (%,d of %,d blocks)%n",
          run.imagesDone(), run.images(), run.done().size(), run.blocks().size());
    }
  }

  private static void tell(List<String> regionProblems, PrintWriter err) {
    regionProblems.forEach(problem -> err.println("camaudit: regions: " + problem));
  }

  private Map<String, Object> optionSummary(FailureLimit limit, JudgeSettings judge) {
    Map<String, Object> summary = new LinkedHashMap<>(options.summary());
    summary.putAll(regionOptions.summary(judge));
    summary.put("labels", labels.name().toLowerCase(Locale.ROOT));
    summary.put("max-failures", limit.toString());
    return summary;
  }
}
