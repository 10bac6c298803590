package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.explain.AnnotationLabels;
import io.camaudit.explain.ClassIndex;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageJudge;
import io.camaudit.explain.JudgeSettings;
import io.camaudit.explain.LabelNotes;
import io.camaudit.input.InputSpec;
import io.camaudit.input.UnchangedImages;
import io.camaudit.job.AuditJob;
import io.camaudit.job.AuditPlan;
import io.camaudit.job.EarlierRun;
import io.camaudit.job.ModelAhead;
import io.camaudit.job.RunOutcome;
import io.camaudit.job.RunWatch;
import io.camaudit.job.UnfinishedRun;
import io.camaudit.report.Faithfulness;
import io.camaudit.report.PrecisionAgreement;
import io.camaudit.report.ReportJson;
import io.camaudit.report.RunSummary;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.storage.Locations;
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
  @Mixin private InputOptions inputOptions;
  @Mixin private ExplainOptions options;
  @Mixin private RegionOptions regionOptions;
  @Mixin private GateOptions gateOptions;
  @Mixin private PrecisionOptions precisionOptions;
  @Mixin private FaithfulnessOptions faithfulnessOptions;
  @Mixin private SinceOptions sinceOptions;
  @Mixin private ProveOptions proveOptions;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "Where everything is written.")
  private String output;

  @Option(names = "--overwrite", description = "Replace an earlier run in the output folder.")
  private boolean overwrite;

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
      names = "--channels",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description =
          "Whether it is kept what each channel of the default layer gave to what an image is judged by: 8 to 12 bytes a channel and image. Default: it is not.")
  private boolean channels;

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

  @Mixin private GalleryOptions gallery;

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
    PrintWriter err = spec.commandLine().getErr();
    Prepared prepared = prepare(err);
    Listed listed = list(prepared, err);
    makeRoom(prepared, err);
    try (ModelAhead model = modelAhead(prepared);
        RunLock lock = RunLock.take(prepared.folder)) {
      return run(prepared, listed, model, err).value();
    }
  }

  /** Loads the model while a lock on remote storage is waited for, seconds of doing nothing. */
  private static ModelAhead modelAhead(Prepared prepared) {
    boolean waited = prepared.folder.local().isEmpty();
    return waited && prepared.runner.isDirect()
        ? ModelAhead.alone(prepared.settings.absolute())
        : null;
  }

  private ExitCode run(Prepared prepared, Listed listed, ModelAhead model, PrintWriter err) {
    Done done;
    try (model) {
      done = explain(prepared, listed, err);
    }
    Optional<PrecisionAgreement> agreement = precisionOptions.check(done.plan);
    Optional<Faithfulness> faithfulness = faithfulnessOptions.measure(done.plan, options.card());
    RunSummary summary = summary(prepared, listed, done, agreement, faithfulness);
    OutputFolder.finish(prepared.folder, ReportJson.document(summary));
    return conclude(prepared, summary, agreement, err);
  }

  /**
   * What the options mean, checked, and what they name, opened.
   *
   * @param decisive the options that make the results of two runs over the same images differ
   * @param identity the same with the program and the model
   * @param earlier the run of {@code --since}
   */
  private record Prepared(
      FailureLimit limit,
      ChosenRunner runner,
      PipelineOptions pipelineOptions,
      InputSpec images,
      ExplainSettings settings,
      ImageJudge regions,
      Optional<RunGate> gate,
      RunFolder folder,
      Map<String, Object> decisive,
      String model,
      Map<String, String> identity,
      Optional<SinceOptions.Found> earlier) {}

  private Prepared prepare(PrintWriter err) {
    FailureLimit limit = FailureLimit.parse(maxFailures);
    if (prove) {
      proveOptions.check();
      flinkOptions.requireMoreThanOneJob("--prove");
    }
    ChosenRunner runner =
        flinkOptions.choose(
            workers, beamOptions, !inputOptions.isLocal() || Locations.local(output).isEmpty());
    PipelineOptions pipelineOptions = runner.options();
    gallery.check();
    precisionOptions.check();
    options.pictures().refuseGathered();
    Storage.configure(pipelineOptions);
    InputSpec images = inputOptions.spec();
    Storage.require("--output", output);
    JudgeSettings judge = regionOptions.settings(images);
    ExplainSettings settings =
        options.settings(output, runner.workersOfAProcess(), 1, judge, channels);
    faithfulnessOptions.check(settings, options.card());
    options.notes().forEach(note -> tell(note, err));
    ImageJudge regions = ImageJudge.open(judge, options.card().labels());
    tell("regions", regions.problems(), err);
    Optional<RunGate> gate = gateOptions.open(Optional.of(new ClassIndex(options.card().labels())));
    RunFolder folder = new RunFolder(output);
    sinceOptions.check();
    Map<String, Object> decisive = decisiveOptions(settings);
    String model = ModelFolder.sha256(options.modelFolder());
    Map<String, String> identity = identity(decisive, model);
    return new Prepared(
        limit,
        runner,
        pipelineOptions,
        images,
        settings,
        regions,
        gate,
        folder,
        decisive,
        model,
        identity,
        sinceOptions.find(folder, identity, err));
  }

  /**
   * The images, and what was said of them.
   *
   * @param since what is taken over of them; null for nothing
   */
  private record Listed(
      UnfinishedRun.Listed images,
      List<String> inputNotes,
      List<String> labelNotes,
      UnfinishedRun.Since since) {}

  private Listed list(Prepared prepared, PrintWriter err) {
    ImageJudge regions = prepared.regions;
    ModelKind kind = options.card().decision().kind();
    int batchSize = prepared.settings.batchSize();
    Optional<AnnotationLabels> annotated = regions.annotationLabels(kind, inputOptions.labels());
    UnfinishedRun.Listed listed =
        UnfinishedRun.Listed.of(
            prepared.images,
            batchSize,
            regions.hasAnnotations() ? image -> regions.regionStamp(image, kind) : null,
            annotated.isPresent() ? annotated.get() : UnaryOperator.identity());
    List<String> inputNotes = listed.file().notes();
    List<String> labelNotes =
        new ArrayList<>(annotated.map(AnnotationLabels::notes).orElse(List.of()));
    labelNotes.addAll(LabelNotes.of(listed.file().labels(), options.card().labels(), kind));
    tell("input", inputNotes, err);
    tell("labels", labelNotes, err);
    UnfinishedRun.Since since =
        prepared
            .earlier
            .flatMap(found -> found.usable(batchSize))
            .flatMap(run -> since(listed, run, err))
            .orElse(null);
    return new Listed(listed, inputNotes, labelNotes, since);
  }

  private static Optional<UnfinishedRun.Since> since(
      UnfinishedRun.Listed listed, EarlierRun run, PrintWriter err) {
    Optional<UnfinishedRun.Since> since = listed.since(run);
    if (since.isEmpty()) {
      tell(SinceOptions.damagedListing(run.folder()), err);
    }
    return since;
  }

  /** Leaves a folder that can be written, with nothing in it but what this run goes on with. */
  private void makeRoom(Prepared prepared, PrintWriter err) {
    RunLock.refuseIfHeld(prepared.folder);
    if (overwrite) {
      AuditJob.cancelEarlier(prepared.folder, note -> tell(note, err));
    }
    OutputFolder.prepare(prepared.folder, overwrite);
  }

  /** What was done, and when it began. */
  private record Done(AuditPlan plan, RunOutcome outcome, List<String> problems, Instant start) {}

  private Done explain(Prepared prepared, Listed listed, PrintWriter err) {
    RunFolder folder = prepared.folder;
    ConsoleProgress progress =
        // Dated lines would break the line that is written over.
        new ConsoleProgress(err, System.console() != null && !LOG.isInfoEnabled());
    Instant start = Instant.now();
    AuditPlan plan;
    RunOutcome outcome;
    try {
      UnfinishedRun run =
          UnfinishedRun.begin(folder, listed.images, prepared.identity, listed.since);
      plan =
          new AuditPlan(
              prepared.images,
              // What is listed already need not be by each worker again, nor found otherwise.
              prepared.settings.listedIn(UnfinishedRun.listing(folder)),
              folder,
              parquet,
              options.card().layerNames(),
              options.card().defaultLayer(),
              run);
      OutputFolder.writeRegionProblems(folder, prepared.regions.problemLines(), err);
      tellTakenOver(run, err);
      try {
        outcome =
            AuditJob.run(
                plan,
                prepared.runner.blocks(),
                prepared.runner.options(),
                Runtime.getRuntime().availableProcessors(),
                new RunWatch(
                    progress,
                    failed -> prepared.limit.isExceeded(failed, run.images()),
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
    List<String> problems = new ArrayList<>(prepared.regions.problems());
    problems.addAll(lateProblems);
    return new Done(plan, outcome, problems, start);
  }

  private RunSummary summary(
      Prepared prepared,
      Listed listed,
      Done done,
      Optional<PrecisionAgreement> agreement,
      Optional<Faithfulness> faithfulness) {
    Map<String, Object> chosen = new LinkedHashMap<>(prepared.decisive);
    chosen.put("max-failures", prepared.limit.toString());
    inputOptions.addOthers(chosen);
    chosen.putAll(precisionOptions.summary(prepared.settings));
    chosen.putAll(faithfulnessOptions.summary());
    return RunReport.summary(
        done.plan,
        done.outcome,
        options.card(),
        prepared.model,
        chosen,
        prepared.earlier.orElse(null),
        listed.inputNotes,
        listed.labelNotes,
        done.problems,
        agreement.orElse(null),
        faithfulness.orElse(null),
        done.start,
        prepared.runner.workers(),
        prepared.pipelineOptions,
        beamOptions);
  }

  /**
   * Says what came out, proves it, makes the page, judges, and removes old runs. The same command
   * makes up for what a run that was cut off here has not come to.
   */
  private ExitCode conclude(
      Prepared prepared,
      RunSummary summary,
      Optional<PrecisionAgreement> agreement,
      PrintWriter err) {
    RunFolder folder = prepared.folder;
    PrintWriter out = spec.commandLine().getOut();
    ExitCode code = RunReport.conclude(summary, folder, prepared.limit, out, err);
    faithfulnessOptions.conclude(summary.faithfulness(), out);
    if (prove && code == ExitCode.OK) {
      RunProof.of(
              EarlierSettings.of(folder), options.model(), prepared.runner, proveOptions, List.of())
          .make(prepared.runner.pipelines(), out, err);
    }
    if (page) {
      out.println("Page: " + RunPage.write(folder, gallery.images()).index());
    }
    ExitCode precise =
        agreement.map(found -> precisionOptions.conclude(found, out, err)).orElse(ExitCode.OK);
    ExitCode judged = prepared.gate.map(rules -> rules.judge(folder, out, err)).orElse(ExitCode.OK);
    if (code == ExitCode.OK) {
      List<RunFolder> needed =
          Stream.of(SinceOptions.folder(prepared.earlier), gateOptions.comparedWith())
              .flatMap(Optional::stream)
              .toList();
      sinceOptions.prune(folder, needed, out, err);
    }
    OutputFolder.conclude(folder);
    // A run that lost too many images, or computed others than float32 would, is no good to judge a
    // release by, whatever its rules say.
    return Stream.of(code, precise, judged)
        .filter(each -> each != ExitCode.OK)
        .findFirst()
        .orElse(ExitCode.OK);
  }

  /** The options that make the results of two runs over the same images differ. */
  private Map<String, Object> decisiveOptions(ExplainSettings settings) {
    Map<String, Object> decisive = new LinkedHashMap<>(options.summary(settings));
    decisive.putAll(regionOptions.summary(settings.judge()));
    decisive.put("channels", channels);
    inputOptions.addDecisive(decisive);
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
