package io.camaudit.job;

import io.camaudit.explain.ExplainSettings;
import io.camaudit.image.OverlayStyle;
import io.camaudit.input.InputSpec;
import io.camaudit.input.LabelSource;
import io.camaudit.savedmodel.ExplainableModel;
import io.camaudit.savedmodel.InputBatch;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.Precision;
import io.camaudit.savedmodel.SessionSettings;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Measures an audit against the bare session that it cannot beat: the same batches on ready
 * tensors, the same threads, the same fetches. Started by {@code benchmarks/run}, which says what
 * its modes print.
 */
public final class SpeedComparison {
  /** Images of a warm-up at most: thousands would take minutes and warm nothing further. */
  private static final int WARM_UP = 512;

  private final Path model;
  private final Path images;
  private final Path output;
  private final int workers;
  private final int count;
  private int audits;

  private SpeedComparison(Path model, Path images, Path output, int workers, int count) {
    this.model = model;
    this.images = images;
    this.output = output;
    this.workers = workers;
    this.count = count;
  }

  /**
   * @param args mode (pairs, precision, steps, memory-audit, memory-session, layers), model, folder
   *     of images, folder to write into, where nothing is removed, workers, number of images in the
   *     folder, number of pairs
   */
  public static void main(String[] args) throws Exception {
    SpeedComparison comparison =
        new SpeedComparison(
            Path.of(args[1]),
            Path.of(args[2]),
            Path.of(args[3]),
            Integer.parseInt(args[4]),
            Integer.parseInt(args[5]));
    int pairs = Integer.parseInt(args[6]);
    switch (args[0]) {
      case "pairs" -> comparison.pairs(pairs);
      case "precision" -> comparison.precision(pairs);
      case "layers" -> comparison.layers(pairs);
      case "steps" -> comparison.steps();
      case "memory-audit" -> {
        comparison.audit();
        print("peakMegabytes", peakMegabytes());
      }
      case "memory-session" -> {
        try (ExplainableModel session = comparison.load(1)) {
          comparison.session(session);
        }
        print("peakMegabytes", peakMegabytes());
      }
      default -> throw new IllegalArgumentException("unknown mode " + args[0]);
    }
  }

  /**
   * After a warm-up of each: audit and session in turn, so that a machine that slows down slows
   * both.
   */
  private void pairs(int pairs) throws Exception {
    ExplainSettings settings = settings();
    // Held all the while, so that no audit loads the model.
    SharedExplainer.acquire(settings);
    try (ExplainableModel session = load(1)) {
      audit(settings, warmUpImages());
      session(session, warmUpCount());
      for (int pair = 0; pair < pairs; pair++) {
        RunOutcome outcome = audit();
        double audit = count / (outcome.duration().toNanos() / 1e9);
        double bare = count / session(session);
        print("auditImagesPerSecond", audit);
        print("sessionImagesPerSecond", bare);
        print("ratio", audit / bare);
        print(
            "modelShare",
            (double) outcome.count(RunMetrics.MODEL_MICROS)
                / outcome.count(RunMetrics.BATCH_TOTAL_MICROS));
      }
    } finally {
      SharedExplainer.release(settings);
    }
  }

  /** After a warm-up of each: audit and session in float32 and in bfloat16, in turn. */
  private void precision(int pairs) throws Exception {
    ExplainSettings exact = settings();
    ExplainSettings fast = exact.withPrecision(Precision.BFLOAT16);
    SharedExplainer.acquire(exact);
    SharedExplainer.acquire(fast);
    try (ExplainableModel exactSession = load(1);
        ExplainableModel fastSession = load(1, Precision.BFLOAT16)) {
      audit(exact, warmUpImages());
      audit(fast, warmUpImages());
      session(exactSession, warmUpCount());
      session(fastSession, warmUpCount());
      for (int pair = 0; pair < pairs; pair++) {
        double exactAudit = count / (audit(exact).duration().toNanos() / 1e9);
        double fastAudit = count / (audit(fast).duration().toNanos() / 1e9);
        double exactBare = count / session(exactSession);
        double fastBare = count / session(fastSession);
        print("float32AuditImagesPerSecond", exactAudit);
        print("bfloat16AuditImagesPerSecond", fastAudit);
        print("bfloat16OverFloat32Audit", fastAudit / exactAudit);
        print("float32SessionImagesPerSecond", exactBare);
        print("bfloat16SessionImagesPerSecond", fastBare);
        print("bfloat16OverFloat32Session", fastBare / exactBare);
        print("bfloat16AuditOverSession", fastAudit / fastBare);
      }
    } finally {
      SharedExplainer.release(fast);
      SharedExplainer.release(exact);
    }
  }

  private void steps() throws Exception {
    // Batches of one, since a batch costs the same however many of its images are filled.
    try (ExplainableModel session = ExplainableModel.load(model, new SessionSettings(1, 1, 1));
        Stream<Path> files = Files.list(images)) {
      new StepTimes(session, output)
          .milliseconds(files.sorted().toList())
          .forEach((step, milliseconds) -> print(step, milliseconds));
    }
  }

  /** One call at a time on one thread: the default layer, all layers, and five targets an image. */
  private void layers(int rounds) {
    try (ExplainableModel session = load(1);
        InputBatch batch = filled(session)) {
      ModelCard card = session.card();
      List<String> last = List.of(card.defaultLayer());
      List<String> all = card.layers().stream().map(ModelCard.Layer::name).toList();
      // TensorFlow readies a graph at the first call that fetches it.
      call(session, batch, last, 1);
      call(session, batch, all, 1);
      for (int round = 0; round < rounds; round++) {
        double one = call(session, batch, last, 1);
        print("allLayersOverLast", call(session, batch, all, 1) / one);
        print("fiveTargetsOverOne", call(session, batch, last, 5) / call(session, batch, last, 1));
      }
    }
  }

  /**
   * Moves what an earlier one wrote aside: to make files right after others were deleted takes a
   * file system longer.
   */
  private RunOutcome audit() throws IOException {
    return audit(settings());
  }

  private RunOutcome audit(ExplainSettings settings) throws IOException {
    return audit(settings, images);
  }

  private RunOutcome audit(ExplainSettings settings, Path images) throws IOException {
    if (Files.exists(output)) {
      Files.move(output, output.resolveSibling(output.getFileName() + "-" + audits++));
    }
    InputSpec input = new InputSpec(images.toString(), LabelSource.NONE);
    RunFolder folder = new RunFolder(output.toString());
    UnfinishedRun run =
        UnfinishedRun.begin(
            folder, UnfinishedRun.Listed.of(input, settings.batchSize()), java.util.Map.of());
    AuditPlan plan = new AuditPlan(input, settings, folder, false, List.of(), null, run);
    BlockRunner runner = new InProcessRunner(PipelineOptionsFactory.create(), workers);
    return AuditJob.run(plan, runner, PipelineOptionsFactory.create(), workers, RunWatch.none());
  }

  private int warmUpCount() {
    return Math.min(count, WARM_UP);
  }

  /** The folder itself, or links to the first of its images. */
  private Path warmUpImages() throws IOException {
    if (count <= WARM_UP) {
      return images;
    }
    Path few = output.resolveSibling(output.getFileName() + "-warm-up");
    if (!Files.exists(few)) {
      Files.createDirectories(few);
      try (Stream<Path> files = Files.list(images)) {
        for (Path file : files.sorted().limit(WARM_UP).toList()) {
          Files.createLink(few.resolve(file.getFileName()), file);
        }
      }
    }
    return few;
  }

  private ExplainSettings settings() {
    ExplainSettings defaults = ExplainSettings.of(model.toString());
    return defaults
        .withTargets(List.of("predicted"))
        .writingTo(output.toString(), OverlayStyle.defaults())
        .withConcurrentCalls(workers);
  }

  private ExplainableModel load(int intraOpThreads) {
    return load(intraOpThreads, Precision.FLOAT32);
  }

  private ExplainableModel load(int intraOpThreads, Precision precision) {
    return ExplainableModel.load(
        model,
        new SessionSettings(
            intraOpThreads, workers, ExplainSettings.DEFAULT_BATCH_SIZE, precision));
  }

  /** Seconds for as many batches as the audit has, shared by the same number of threads. */
  private double session(ExplainableModel session) throws Exception {
    return session(session, count);
  }

  private double session(ExplainableModel session, int images) throws Exception {
    int size = session.batchSize();
    int batches = (images + size - 1) / size;
    List<String> layer = List.of(session.card().defaultLayer());
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    List<InputBatch> inputs = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      inputs.add(filled(session));
    }
    try {
      java.util.concurrent.atomic.AtomicInteger next =
          new java.util.concurrent.atomic.AtomicInteger();
      long start = System.nanoTime();
      List<Future<?>> done = new ArrayList<>();
      for (InputBatch input : inputs) {
        done.add(
            threads.submit(
                () -> {
                  while (next.getAndIncrement() < batches) {
                    call(session, input, layer, 1);
                  }
                }));
      }
      for (Future<?> thread : done) {
        thread.get();
      }
      return (System.nanoTime() - start) / 1e9;
    } finally {
      threads.shutdown();
      inputs.forEach(InputBatch::close);
    }
  }

  private static double call(
      ExplainableModel session, InputBatch batch, List<String> layers, int targets) {
    int images = session.batchSize();
    int[] index = new int[images * targets];
    int[] ranks = new int[images * targets];
    for (int pair = 0; pair < index.length; pair++) {
      index[pair] = pair / targets;
      ranks[pair] = -1 - pair % targets;
    }
    long start = System.nanoTime();
    session.explain(batch, images, index, ranks, "gradcam", layers);
    return (System.nanoTime() - start) / 1e9;
  }

  private static InputBatch filled(ExplainableModel session) {
    Random random = new Random(1);
    ModelCard.Input shape = session.card().input();
    InputBatch batch = session.newBatch();
    float[] input = new float[shape.channels() * shape.height() * shape.width()];
    for (int slot = 0; slot < session.batchSize(); slot++) {
      for (int i = 0; i < input.length; i++) {
        input[i] = 120 * random.nextFloat() - 60;
      }
      batch.set(slot, input);
    }
    return batch;
  }

  /** The process's greatest resident size so far, by the kernel's account. */
  private static double peakMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static void print(String name, double value) {
    System.out.println(String.format(Locale.ROOT, "%s %.6f", name, value));
  }
}
