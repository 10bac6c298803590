package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.explain.AnnotationLabels;
import io.camaudit.explain.ClassIndex;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageJudge;
import io.camaudit.explain.JudgeSettings;
import io.camaudit.explain.LabelNotes;
import io.camaudit.input.InputSpec;
import io.camaudit.input.LabelSource;
import io.camaudit.input.UnchangedImages;
import io.camaudit.job.AuditJob;
import io.camaudit.job.AuditPlan;
import io.camaudit.job.RunOutcome;
import io.camaudit.job.RunWatch;
import io.camaudit.job.UnfinishedRun;
import io.camaudit.report.PrecisionAgreement;
import io.camaudit.report.ReportJson;
import io.camaudit.report.RunSummary;
import io.camaudit.savedmodel.ModelKind;
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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Logger LOG = LoggerFactory.getLogger(AuditCommand.class);

  @Spec private CommandSpec spec;
  @Mixin private ExplainOptions options;
  @Mixin private RegionOptions regionOptions;
  @Mixin private GateOptions gateOptions;
  @Mixin private PrecisionOptions precisionOptions;
  @Mixin private SinceOptions sinceOptions;
  @Mixin private ProveOptions proveOptions;

  @Option(
      names = "--input",
      paramLabel = "WHERE",
      required = true,
      description =
          "A folder, a pattern in quotes such as 'photos/**.jpg', an image, or a list of images with their labels (CSV, JSON, JSON Lines, text).")
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
      names = "--allow-outside",
      description =
          "Read images outside of the input's folder too: a manifest's paths with .. or from the root, and links that lead out of it.")
  private boolean allowOutside;

  @Option(
      names = "--labels",
      paramLabel = "SOURCE",
      defaultValue = "auto",
      description =
          "auto: for multi-label models the categories of annotations in --regions, else folders' names that mean a class; folder: the innermost folder's name whatever it is; none. A list's labels count unless none. Default: ${DEFAULT-VALUE}.")
  private LabelSource labels;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Batches computed at a time. Default: as many as there are processors, or slots of the Flink cluster.")
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

  @Option(
      names = "--prove",
      description = "Prove the run when it is finished, as ./camaudit prove does.")
  private boolean prove;

  @Mixin private FlinkOptions flinkOptions;

  @Parameters(
      arity = "0..*",
      paramLabel = "-- BEAM_OPTION",
      description = "Options for Beam, such as --runner=FlinkRunner.")
  private List<String> beamOptions = new ArrayList<>();

  @Override
  public Integer call() {
    FailureLimit limit = FailureLimit.parse(maxFailures);
    if (prove) {
      proveOptions.check();
      flinkOptions.requireMoreThanOneJob("--prove");
    }
    ChosenRunner runner = flinkOptions.choose(workers, beamOptions);
    PipelineOptions pipelineOptions = runner.options();
    if (galleryImages < 1) {
      throw UserException.wrongArguments("--gallery-images %d: must be at least 1.", galleryImages);
    }
    precisionOptions.check();
    options.pictures().refuseGathered();
    Storage.configure(pipelineOptions);
    Storage.require("--input", input);
    Storage.require("--output", output);
    InputSpec images = new InputSpec(input, labels, allowOutside);
    JudgeSettings judge = regionOptions.settings(images);
    ExplainSettings settings = options.settings(output, runner.workersOfAProcess(), 1, judge);
    PrintWriter err = spec.commandLine().getErr();
    options.pictures().notes().forEach(note -> tell(note, err));
    ImageJudge regions = ImageJudge.open(judge, options.card().labels());
    List<String> regionProblems = regions.problems();
    tell("regions", regionProblems, err);
    Optional<RunGate> gate = gateOptions.open(Optional.of(new ClassIndex(options.card().labels())));
    RunFolder folder = new RunFolder(output);
    sinceOptions.check();
    Map<String, Object> decisive = decisiveOptions(judge);
    String model = ModelFolder.sha256(options.modelFolder());
    Map<String, String> identity = identity(decisive, model);
    Optional<SinceOptions.Found> earlier = sinceOptions.find(folder, identity, err);
    ModelKind kind = options.card().decision().kind();
    Optional<AnnotationLabels> annotated = regions.annotationLabels(kind, labels);
    UnfinishedRun.Listed listed =
        UnfinishedRun.Listed.of(
            images,
            settings.batchSize(),
            regions.hasAnnotations() ? image -> regions.regionStamp(image, kind) : null,
            annotated.isPresent() ? annotated.get() : UnaryOperator.identity());
    List<String> inputNotes = listed.file().notes();
    List<String> labelNotes =
        new ArrayList<>(annotated.map(AnnotationLabels::notes).orElse(List.of()));
    labelNotes.addAll(LabelNotes.of(listed.file().labels(), options.card().labels(), kind));
    tell("input", inputNotes, err);
    tell("labels", labelNotes, err);
    UnfinishedRun.Since since =
        earlier
            .flatMap(found -> found.usable(settings.batchSize()))
            .map(listed::since)
            .orElse(null);
    RunLock.refuseIfHeld(folder);
    if (overwrite) {
      AuditJob.cancelEarlier(folder, note -> tell(note, err));
    }
    OutputFolder.prepare(folder, overwrite);
    ConsoleProgress progress =
        // Dated lines would break the line that is written over.
        new ConsoleProgress(err, System.console() != null && !LOG.isInfoEnabled());
    Instant start = Instant.now();
    AuditPlan plan;
    RunOutcome outcome;
    try (RunLock lock = RunLock.take(folder)) {
      UnfinishedRun run = UnfinishedRun.begin(folder, listed, identity, since);
      plan = new AuditPlan(images, settings, folder, parquet, options.card().layerNames(), run);
      OutputFolder.writeRegionProblems(folder, regions.problemLines(), err);
      tellTakenOver(run, err);
      try {
        outcome =
            AuditJob.run(
                plan,
                runner.blocks(),
                runner.options(),
                Runtime.getRuntime().availableProcessors(),
                new RunWatch(
                    progress,
                    failed -> limit.isExceeded(failed, run.images()),
                    note -> tell(note, err)));
      } finally {
        progress.end();
      }
    } catch (RuntimeException e) {
      OutputFolder.abandon(folder);
      throw OutputFolder.told(folder, e);
    }
    List<String> lateProblems = RunReport.regionProblems(outcome);
    tell("regions", lateProblems, err);
    List<String> problems = new ArrayList<>(regionProblems);
    problems.addAll(lateProblems);

    Optional<PrecisionAgreement> agreement = precisionOptions.check(plan);
    Map<String, Object> chosen = new LinkedHashMap<>(decisive);
    chosen.put("max-failures", limit.toString());
    chosen.put("allow-outside", allowOutside);
    chosen.putAll(precisionOptions.summary(settings));
    RunSummary summary =
        RunReport.summary(
            plan,
            outcome,
            options.card(),
            model,
            chosen,
            earlier.orElse(null),
            inputNotes,
            labelNotes,
            problems,
            agreement.orElse(null),
            start,
            runner.workers(),
            pipelineOptions,
            beamOptions);
    OutputFolder.finish(folder, ReportJson.document(summary));
    PrintWriter out = spec.commandLine().getOut();
    ExitCode code = RunReport.conclude(summary, folder, limit, out, err);
    if (prove && code == ExitCode.OK) {
      RunProof.of(folder, options.model(), runner, proveOptions, List.of())
          .make(runner.pipelines(), out, err);
    }
    if (page) {
      out.println("Page: " + RunPage.write(folder, galleryImages).index());
    }
    ExitCode precise =
        agreement.map(found -> precisionOptions.conclude(found, out, err)).orElse(ExitCode.OK);
    ExitCode judged = gate.map(rules -> rules.judge(folder, out, err)).orElse(ExitCode.OK);
    if (code == ExitCode.OK) {
      List<RunFolder> needed =
          Stream.of(SinceOptions.folder(earlier), gateOptions.comparedWith())
              .flatMap(Optional::stream)
              .toList();
      sinceOptions.prune(folder, needed, out, err);
    }
    // A run that lost too many images, or computed others than float32 would, is no good to judge a
    // release by, whatever its rules say.
    return Stream.of(code, precise, judged)
        .filter(each -> each != ExitCode.OK)
        .findFirst()
        .orElse(ExitCode.OK)
        .value();
  }

  /** The options that make the results of two runs over the same images differ. */
  private Map<String, Object> decisiveOptions(JudgeSettings judge) {
    Map<String, Object> decisive = new LinkedHashMap<>(options.summary());
    decisive.putAll(regionOptions.summary(judge));
    decisive.put("labels", labels.name().toLowerCase(Locale.ROOT));
    return decisive;
  }

  /** The same with the program and the model, in words for who is told of a difference. */
  private static Map<String, String> identity(Map<String, Object> decisive, String model) {
    Map<String, String> identity = new TreeMap<>();
    identity.put("camaudit", Version.camaudit());
    identity.put("the model", model);
    decisive.forEach((name, value) -> identity.put("--" + name, String.valueOf(value)));
    return identity;
  }

  private static void tellTakenOver(UnfinishedRun run, PrintWriter err) {
    if (run.since() != null) {
      UnchangedImages same = run.since().images();
      err.printf(
          Locale.ROOT,
          "camaudit: taking over %,d of %,d images from %s; %,d are new or have changed, %,d are gone%n",
          same.unchanged(),
          run.images(),
          run.since().run().folder().root(),
          run.images() - same.unchanged(),
          same.gone());
    }
    if (!run.done().isEmpty()) {
      err.printf(
          Locale.ROOT,
          "camaudit: going on with a run that was cut off: %,d of %,d images are done (%,d of %,d blocks)%n",
          run.imagesDone(),
          run.images(),
          run.done().size(),
          run.blocks().size());
    }
  }

  private static void tell(String note, PrintWriter err) {
    err.println("camaudit: " + note);
  }

  private static void tell(String what, List<String> sentences, PrintWriter err) {
    sentences.forEach(sentence -> err.println("camaudit: " + what + ": " + sentence));
  }
}
