package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.experiment.ClassTrials;
import io.camaudit.experiment.TrialSample;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageJudge;
import io.camaudit.input.ImageRef;
import io.camaudit.input.ListingFile;
import io.camaudit.job.PipelineRunner;
import io.camaudit.job.ProofJob;
import io.camaudit.job.ProofPlan;
import io.camaudit.proof.ClassProof;
import io.camaudit.proof.EvidenceLevel;
import io.camaudit.report.ClassRef;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.storage.Locations;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RecordReader;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StorageReason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Proves what a finished run suspects: changes images of its classes and asks the model again.
 *
 * @param folder of the run
 * @param settings how the run took images in
 * @param labels the model's classes
 * @param options which images are changed and how
 * @param only indices of the classes that are proved; empty for all
 */
record RunProof(
    RunFolder folder,
    ExplainSettings settings,
    List<ClassLabel> labels,
    ProveOptions options,
    Set<Integer> only) {
  private static final int LOST_SHOWN = 3;

  /**
   * Chooses images, does the trials and writes what comes of them.
   *
   * @throws UserException if the run has nothing to prove with
   */
  void make(PipelineRunner runner, PrintWriter out, PrintWriter err) {
    long start = System.nanoTime();
    // Said before anything is computed, should regions be gone or unreadable.
    ImageJudge.open(settings.judge(), labels);
    DatasetStatistics statistics = RunGate.read(folder).statistics();
    Set<Integer> flagged =
        statistics.flags().stream()
            .map(flag -> flag.classRef().index())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    // Workers of a cluster were started elsewhere.
    RunFolder absolute = new RunFolder(Locations.absolute(folder.root()));
    try {
      List<ClassTrials> trials = trials(statistics, flagged);
      ProofPlan plan = ProofPlan.begin(absolute, trials, settings, options.fill());
      ProofJob.Outcome outcome =
          ProofJob.run(
              plan,
              settings,
              options.fill(),
              runner,
              index -> index < 0 ? null : ClassRef.of(labels.get(index)),
              flagged::contains);
      tell(outcome, (System.nanoTime() - start) / 1e9, out, err);
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

  private List<ClassTrials> trials(DatasetStatistics statistics, Set<Integer> flagged)
      throws IOException {
    TrialSample sample =
        new TrialSample(
            statistics.groupedBy(),
            index ->
                only.isEmpty() || only.contains(index)
                    ? options.images(flagged.contains(index))
                    : 0);
    try (RecordReader records = new RecordReader(RecordFile.of(folder))) {
      records.forEachRemaining(sample::add);
    }
    Map<String, ImageRef> refs;
    try (InputStream listing = folder.stream(RunFolder.LISTING)) {
      refs = ListingFile.named(listing, sample.names());
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw UserException.wrongArguments(
          "The run in %s has no %s, which says where its images are: make it again with this version.",
          folder.root(), RunFolder.LISTING);
    }
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

  private void tell(ProofJob.Outcome outcome, double seconds, PrintWriter out, PrintWriter err) {
    List<ClassProof> classes = outcome.proofs().classes();
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
    }
    if (!outcome.lost().isEmpty()) {
      err.printf(
          Locale.ROOT,
          "camaudit: %,d images could not take part in the proof, such as %s%n",
          outcome.lost().size(),
          outcome.lost().entrySet().stream()
              .limit(LOST_SHOWN)
              .map(each -> each.getKey() + " (" + each.getValue() + ")")
              .collect(Collectors.joining(", ")));
    }
  }
}
