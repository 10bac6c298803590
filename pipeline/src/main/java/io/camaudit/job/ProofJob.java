package io.camaudit.job;

import io.camaudit.RunProgress;
import io.camaudit.alter.Fill;
import io.camaudit.experiment.ClassAnswers;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.input.ImageBlock;
import io.camaudit.parquet.AnswerTable;
import io.camaudit.proof.ClassProof;
import io.camaudit.proof.EvidenceRules;
import io.camaudit.proof.Procedure;
import io.camaudit.proof.ProofFiles;
import io.camaudit.proof.ProofMaker;
import io.camaudit.proof.Proofs;
import io.camaudit.report.ClassRef;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.TemporaryFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.ParDo;

/** Has the trials of a plan done, and sums up what came of them. */
public final class ProofJob {
  private static final String PARQUET = "parquet";

  private ProofJob() {}

  /** Adds the steps to a pipeline; neither runs it nor touches storage. */
  static void describe(
      Pipeline pipeline,
      List<ImageBlock> open,
      ExplainSettings settings,
      Fill fill,
      RunFolder folder) {
    pipeline
        .apply("TakeClasses", Read.from(new BlockSource(open)))
        .apply("ProveClasses", ParDo.of(new ProveClassFn(settings.absolute(), fill, folder)));
  }

  /**
   * Does what is open, and writes {@code proof.json} and the answers.
   *
   * @param how of the procedure all but the lost images
   * @param rules what it takes to call a suspicion confirmed or refuted
   * @param runner runs the pipeline to its end
   * @param classes the model's, by index
   * @param flagged whether the run's statistics flag a class
   * @param progress told how many images are done
   */
  public static Proofs run(
      ProofPlan plan,
      ExplainSettings settings,
      Fill fill,
      Procedure how,
      EvidenceRules rules,
      PipelineRunner runner,
      IntFunction<ClassRef> classes,
      IntPredicate flagged,
      RunProgress progress)
      throws IOException {
    List<ImageBlock> open = plan.open();
    if (!open.isEmpty()) {
      long start = System.nanoTime();
      long before = plan.images() - images(open);
      runner.run(
          pipeline -> describe(pipeline, open, settings, fill, plan.folder()),
          () ->
              progress.update(
                  plan.imagesDone(),
                  plan.images(),
                  0,
                  before,
                  Duration.ofNanos(System.nanoTime() - start)));
    }
    Map<String, String> lost = new TreeMap<>();
    List<ClassProof> proofs = new ArrayList<>();
    Path lines = TemporaryFiles.file("answers", ".jsonl");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(lines))) {
        for (ImageBlock block : plan.classes()) {
          ClassAnswers of = ClassAnswers.read(plan.folder().read(ProofPlan.answers(block)));
          out.write(ProofFiles.lines(of.answers()));
          of.lost().forEach(each -> lost.put(each.image(), each.reason()));
          int index = of.classIndex();
          proofs.add(ProofMaker.of(index, classes, flagged.test(index), of.answers()));
        }
      }
      plan.folder().copy(lines, ProofFiles.ANSWERS);
      List<Procedure.Lost> all =
          lost.entrySet().stream().map(e -> new Procedure.Lost(e.getKey(), e.getValue())).toList();
      Proofs made =
          Proofs.of(proofs, rules)
              .by(new Procedure(how.fill(), how.imagesOfFlagged(), how.imagesOfOthers(), all));
      if (!plan.folder().list(PARQUET).isEmpty()) { // the run was made with Parquet files
        try (InputStream in = Files.newInputStream(lines)) {
          plan.folder().write(ProofFiles.TABLE, table(in, made, classes));
        }
      }
      plan.folder().write(RunFolder.PROOF, ProofFiles.json(made));
      plan.end();
      return made;
    } finally {
      Files.delete(lines);
    }
  }

  private static byte[] table(InputStream lines, Proofs proofs, IntFunction<ClassRef> classes)
      throws IOException {
    Map<Integer, ClassProof> byIndex =
        proofs.classes().stream()
            .collect(Collectors.toMap(proof -> proof.classRef().index(), Function.identity()));
    AnswerTable table = new AnswerTable();
    ProofFiles.answers(
        lines,
        answer ->
            table.add(
                answer,
                byIndex.get(answer.classIndex()),
                classes.apply(answer.predictedBefore()),
                classes.apply(answer.predicted())));
    return table.finish();
  }

  private static long images(List<ImageBlock> blocks) {
    return blocks.stream().mapToLong(ImageBlock::images).sum();
  }
}
