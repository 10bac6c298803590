package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.experiment.ClassTrials;
import io.camaudit.experiment.TrialSample;
import io.camaudit.explain.ClassIndex;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageJudge;
import io.camaudit.input.ImageRef;
import io.camaudit.input.ListingFile;
import io.camaudit.job.PipelineRunner;
import io.camaudit.job.ProofJob;
import io.camaudit.job.ProofPlan;
import io.camaudit.proof.ClassProof;
import io.camaudit.proof.EvidenceLevel;
import io.camaudit.proof.Procedure;
import io.camaudit.proof.Proofs;
import io.camaudit.report.ClassRef;
import io.camaudit.report.RunSummary;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.storage.Locations;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RecordReader;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StorageReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Proves what a finished run suspects: changes images of its classes and asks the model again.
 *
 * @param folder of the run
 * @param settings how the run took images in
 * @param made what the run says of its making
 * @param labels the model's classes
 * @param options which images are changed and how
 * @param only indices of the classes that are proved; empty for all
 */
record RunProof(
    RunFolder folder,
    ExplainSettings settings,
    RunSummary made,
    List<ClassLabel> labels,
    ProveOptions options,
    Set<Integer> only) {
  private static final int LOST_SHOWN = 3;

  /**
   * The proof of a finished run.
   *
   * @param run how it was made
   * @param model where its model is now; null for where it was
   * @param classes names of those that are proved; empty for all
   * @throws UserException if there is none, or it cannot be gone on with
   */
  static RunProof of(
      EarlierSettings run,
      String model,
      ChosenRunner runner,
      ProveOptions options,
      List<String> classes) {
    EarlierSettings.Model found = run.model(model);
    ExplainSettings settings = run.settings(found, runner.workersOfAProcess());
    List<ClassLabel> labels = ModelCard.read(found.folder()).labels();
    ClassIndex index = new ClassIndex(labels);
    Set<Integer> only = new TreeSet<>();
    classes.forEach(name -> only.add(index.require(name).index()));
    return new RunProof(run.folder(), settings, run.summary(), labels, options, only);
  }

  /**
   * Chooses images, does the trials and writes what comes of them, for whoever holds the run's
   * folder.
   *
   * @throws UserException if the run has nothing to prove with
   */
  void make(PipelineRunner runner, PrintWriter out, PrintWriter err) {
    long start = System.nanoTime();
    // Said before anything is computed, should regions be gone or unreadable.
    ImageJudge judge = ImageJudge.open(settings.judge(), labels);
    DatasetStatistics statistics = RunGate.read(folder).statistics();
    Set<Integer> flagged =
        statistics.flags().stream()
            .map(flag -> flag.classRef().index())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    // Workers of a cluster were started elsewhere.
    RunFolder absolute = new RunFolder(Locations.absolute(folder.root()));
    try {
      List<ClassTrials> trials = trials(statistics, flagged, judge, err);
      ProofPlan plan = ProofPlan.begin(absolute, trials, settings, options.fill());
      ConsoleProgress progress = new ConsoleProgress(err, System.console() != null);
      Proofs proofs;
      try {
        proofs =
            ProofJob.run(
                plan,
                settings,
                options.fill(),
                options.procedure(),
                options.rules(),
                runner,
                index -> index < 0 ? null : ClassRef.of(labels.get(index)),
                flagged::contains,
                progress);
      } finally {
        progress.end();
      }
      tell(proofs, (System.nanoTime() - start) / 1e9, out, err);
    } catch (IOException | UncheckedIOException e) {
      IOException cause = e instanceof UncheckedIOException u ? u.getCause() : (IOException) e;
      throw new UserException(
          ExitCode.STORAGE,
          String.format(
              Locale.ROOT,
              "The run in %s cannot be read or written: %s.",
              folder.root(),
              StorageReason.of(cause)),
          e);
    }
  }

  private List<ClassTrials> trials(
      DatasetStatistics statistics, Set<Integer> flagged, ImageJudge judge, PrintWriter err)
      throws IOException {
    TrialSample sample =
        new TrialSample(
            statistics.groupedBy(),
            index ->
                only.isEmpty() || only.contains(index)
                    ? options.images(flagged.contains(index))
                    : 0,
            made.model()::centers);
    try (RecordReader records = new RecordReader(RecordFile.of(folder))) {
      records.forEachRemaining(sample::add);
    }
    Map<String, ListingFile.Entry> listed = new RunListing(folder).entries(sample.names());
    tellOtherRegions(listed, judge, statistics.kind(), err);
    Map<String, ImageRef> refs = new HashMap<>();
    listed.forEach((name, entry) -> refs.put(name, entry.image()));
    List<ClassTrials> trials =
        sample.trials(refs, index -> options.pictures(flagged.contains(index)));
    if (trials.isEmpty()) {
      throw new UserException(
          ExitCode.NOTHING_MATCHED,
          String.format(
              Locale.ROOT,
              "Nothing can be proved of the run in %s: no image of %s is predicted as its class.",
              folder.root(),
              only.isEmpty() ? "any class" : "these classes"));
    }
    return trials;
  }

  /** What is taken out is what the annotations say now. */
  private static void tellOtherRegions(
      Map<String, ListingFile.Entry> listed, ImageJudge judge, ModelKind kind, PrintWriter err) {
    if (!judge.hasAnnotations()) {
      return;
    }
    ModelKind known = kind == null ? ModelKind.SINGLE_LABEL : kind;
    List<String> others =
        listed.values().stream()
            .filter(each -> !Objects.equals(each.region(), judge.regionStamp(each.image(), known)))
            .map(each -> each.image().name())
            .sorted()
            .toList();
    if (!others.isEmpty()) {
      err.printf(
          Locale.ROOT,
          "camaudit: the regions of %,d images have changed since the run, such as %s; the proof takes them as they are now%n",
          others.size(),
          others.get(0));
    }
  }

  private static void tell(Proofs proofs, double seconds, PrintWriter out, PrintWriter err) {
    List<ClassProof> classes = proofs.classes();
    out.printf(
        Locale.ROOT,
        "Proof: %,d images of %,d classes changed in %.1f s%n",
        classes.stream().mapToLong(ClassProof::images).sum(),
        classes.size(),
        seconds);
    for (ClassProof each : classes) {
      if (each.flagged() || each.evidence().level() == EvidenceLevel.CONFIRMED) {
        out.println("Evidence: " + each.evidence().sentence());
      }
      if (each.evidence().besides() != null) {
        out.println("Evidence: " + each.evidence().besides());
      }
    }
    List<Procedure.Lost> lost = proofs.procedure().lost();
    if (!lost.isEmpty()) {
      err.printf(
          Locale.ROOT,
          "camaudit: %,d images could not take part in the proof, such as %s%n",
          lost.size(),
          lost.stream()
              .limit(LOST_SHOWN)
              .map(each -> each.image() + " (" + each.reason() + ")")
              .collect(Collectors.joining(", ")));
    }
  }
}
