package io.camaudit.cli;

import io.camaudit.UserException;
import io.camaudit.flink.FlinkCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.flink.configuration.CoreOptions;
import picocli.CommandLine.Option;

/** Which runner an audit runs on, and what Beam needs to know to run it on a Flink cluster. */
final class FlinkOptions {
  /** A Flink of this process's own, without a cluster. */
  private static final String LOCAL = "[local]";

  /** The Flink that has started this program. */
  private static final String AROUND = "[auto]";

  /**
   * Threads for each batch that is computed, where images or results lie elsewhere: the one's
   * requests for a block are answered while the other's batch goes through the model.
   */
  private static final int THREADS_THAT_WAIT = 2;

  @Option(
      names = "--runner",
      paramLabel = "direct|flink",
      defaultValue = "direct",
      description = "What runs the pipeline. Default: ${DEFAULT-VALUE}, in this process.")
  private Runner runner = Runner.DIRECT;

  @Option(
      names = "--flink-master",
      paramLabel = "HOST:PORT",
      description =
          "REST address of the Flink cluster; [local] for one in this process; [auto] where Flink starts the program. Default: [local].")
  private String master;

  /** What runs the pipeline. */
  enum Runner {
    DIRECT,
    FLINK
  }

  /**
   * Chooses the runner.
   *
   * @param wanted how many batches are computed at a time; null for as many as there are processors
   *     or slots
   * @param given Beam's options by the user, which win
   * @param remote whether images are read from, or results written to, somewhere that has to be
   *     waited for
   * @throws UserException if the cluster does not answer or the job's jar is not there
   */
  ChosenRunner choose(Integer wanted, List<String> given, boolean remote) {
    if (wanted != null && wanted < 1) {
      throw UserException.wrongArguments("--workers %d: must be at least 1.", wanted);
    }
    int threads = remote ? THREADS_THAT_WAIT : 1;
    int processors = Runtime.getRuntime().availableProcessors();
    if (runner == Runner.DIRECT) {
      if (master != null) {
        throw UserException.wrongArguments(
            "--flink-master %s goes with --runner flink; add that.", master);
      }
      int workers = wanted == null ? processors : wanted;
      return new ChosenRunner(given, workers, workers, threads * workers, Optional.empty());
    }
    List<String> options = new ArrayList<>();
    options.add("--runner=FlinkRunner");
    if (master == null || master.equals(LOCAL)) {
      int workers = parallelism(given).orElse(wanted == null ? processors : wanted);
      int slots = parallelism(given).orElse(threads * workers);
      return chosen(options, given, workers, workers, slots, () -> FlinkCluster.local(slots));
    }
    if (master.equals(AROUND)) {
      // How many slots it will have is not known yet, but what it was configured for is.
      int usual = FlinkCluster.context().get(CoreOptions.DEFAULT_PARALLELISM);
      int workers = parallelism(given).orElse(wanted == null ? usual : wanted);
      return chosen(options, given, workers, workers, workers, FlinkCluster::around);
    }
    FlinkCluster.Size size;
    try (FlinkCluster cluster = FlinkCluster.at(master)) {
      size = cluster.size();
    }
    if (size.slots() < 1) {
      throw UserException.wrongArguments(
          "The Flink cluster at %s has no slots: start a TaskManager.", master);
    }
    options.add("--filesToStage=" + jobJar());
    int workers = parallelism(given).orElse(wanted == null ? size.slots() : wanted);
    int together = Math.min(workers, size.slotsOfAWorker());
    return chosen(options, given, workers, together, workers, () -> FlinkCluster.at(master));
  }

  /**
   * A program that Flink starts itself may send one job.
   *
   * @param option that sends another
   */
  void requireMoreThanOneJob(String option) {
    if (runner == Runner.FLINK && AROUND.equals(master)) {
      throw UserException.wrongArguments(
          "%s needs a second job, and a program that Flink starts itself may send one only: leave it out and prove the run afterwards.",
          option);
    }
  }

  private static ChosenRunner chosen(
      List<String> options,
      List<String> given,
      int workers,
      int workersOfAProcess,
      int slots,
      Supplier<FlinkCluster> cluster) {
    options.add("--parallelism=" + slots);
    options.add("--jobName=camaudit");
    // What the user gives Beam himself comes later, and the last one counts.
    List<String> all = new ArrayList<>(options);
    given.stream().map(FlinkOptions::name).forEach(name -> all.removeIf(o -> name(o).equals(name)));
    all.addAll(given);
    return new ChosenRunner(all, workers, workersOfAProcess, slots, Optional.of(cluster));
  }

  private static String name(String option) {
    return option.split("=", 2)[0];
  }

  /** What the user gave Beam as the parallelism. */
  private static OptionalInt parallelism(List<String> given) {
    String name = "--parallelism=";
    return given.stream()
        .filter(option -> option.matches(name + "[1-9]\\d{0,5}"))
        .mapToInt(option -> Integer.parseInt(option.substring(name.length())))
        .findFirst();
  }

  /** The jar that the cluster's processes load the job from. */
  private static Path jobJar() {
    Path jar =
        Path.of(
            System.getProperty("camaudit.home", "."),
            "flink",
            "target",
            "camaudit-flink-0.1.0.jar");
    if (!Files.isRegularFile(jar)) {
      throw UserException.wrongArguments(
          "The job's jar %s is not there: build it with mvn -DskipTests package.", jar);
    }
    return jar.toAbsolutePath();
  }
}
