package io.camaudit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camaudit.UserException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which runner an audit runs on, and what Beam needs to know to run it on a Flink cluster. */
final class FlinkOptions {
  /** A Flink of this process's own, without a cluster. */
  private static final String LOCAL = "[local]";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How often a job starts again after a worker was lost, and how long it waits before. */
  private static final int RESTARTS = 3;

  private static final long RESTART_DELAY_MILLIS = 2_000;

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
          "REST address of the Flink cluster, or [local] for one in this process. Default: [local].")
  private String master;

  /** What runs the pipeline. */
  enum Runner {
    DIRECT,
    FLINK
  }

  /**
   * Options for Beam: what these options stand for, then what the user gave Beam himself, which
   * wins.
   *
   * @param workers how many batches are computed at a time; null for as many as there are slots
   * @param given what followed {@code --}
   * @throws UserException if the cluster does not answer or the job's jar is not there
   */
  List<String> beamOptions(Integer workers, List<String> given) {
    if (runner == Runner.DIRECT) {
      if (master != null) {
        throw UserException.wrongArguments(
            "--flink-master %s goes with --runner flink; add that.", master);
      }
      return given;
    }
    List<String> options = new ArrayList<>();
    options.add("--runner=FlinkRunner");
    if (master == null || master.equals(LOCAL)) {
      int slots = workers == null ? Runtime.getRuntime().availableProcessors() : workers;
      options.add("--flinkMaster=" + LOCAL);
      addUnlessGiven(options, given, "--parallelism", slots);
    } else {
      int slots = slots(master);
      options.add("--flinkMaster=" + master);
      options.add("--filesToStage=" + jobJar());
      addUnlessGiven(options, given, "--parallelism", workers == null ? slots : workers);
      addUnlessGiven(options, given, "--numberOfExecutionRetries", RESTARTS);
      addUnlessGiven(options, given, "--executionRetryDelay", RESTART_DELAY_MILLIS);
    }
    options.addAll(given);
    return options;
  }

  private static void addUnlessGiven(
      List<String> options, List<String> given, String name, long value) {
    if (given.stream().noneMatch(option -> option.startsWith(name + "="))) {
      options.add(name + "=" + value);
    }
  }

  /** Asks the cluster how many slots it has, and so whether it is there at all. */
  private static int slots(String master) {
    JsonNode overview;
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + master + "/overview"))
              .timeout(PATIENCE)
              .build();
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
      overview = new ObjectMapper().readTree(answer.body());
    } catch (IllegalArgumentException e) {
      throw UserException.wrongArguments(
          "--flink-master %s is no address: give the REST address as HOST:PORT, or [local].",
          master);
    } catch (IOException e) {
      throw UserException.wrongArguments(
          "No Flink cluster answers at %s: start one, or give the address of its REST port as --flink-master HOST:PORT.",
          master);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the cluster", e);
    }
    int slots = overview.path("slots-total").asInt(0);
    if (slots < 1) {
      throw UserException.wrongArguments(
          "The Flink cluster at %s has no slots: start a TaskManager.", master);
    }
    return slots;
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
