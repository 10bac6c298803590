package io.camaudit.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camaudit.UserException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.client.JobStatusMessage;

/** A Flink cluster, asked through its REST port. Whoever opens it closes it. */
public final class FlinkCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Where Flink says that it would run a program which it did not start. */
  private static final String NOWHERE = "local";

  private final String address;
  private final Kind kind;
  private final RestClusterClient<StandaloneClusterId> client;
  private final Optional<LocalFlink> inside;

  /** Made when a cluster is asked how it is, which one in this process never is. */
  private static final class Http {
    private static final HttpClient CLIENT =
        HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  }

  /** What a cluster has to do with this process. */
  private enum Kind {
    REMOTE,
    AROUND,
    INSIDE
  }

  /**
   * What a cluster has to offer.
   *
   * @param workers its TaskManagers
   * @param slots of all of them
   * @param free of these, those that no job has
   */
  public record Size(int workers, int slots, int free) {
    /** Most slots of a TaskManager, where all have about the same number. */
    public int slotsOfAWorker() {
      return (slots + workers - 1) / Math.max(1, workers);
    }
  }

  private FlinkCluster(String address, Kind kind, Optional<LocalFlink> inside) {
    this.address = address;
    this.kind = kind;
    this.inside = inside;
    int colon = address.lastIndexOf(':');
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, address.substring(0, colon));
    configuration.set(RestOptions.PORT, Integer.parseInt(address.substring(colon + 1)));
    try {
      client = new RestClusterClient<>(configuration, StandaloneClusterId.getInstance());
    } catch (Exception e) {
      throw new IllegalStateException("no client for the Flink cluster at " + address, e);
    }
  }

  /**
   * The cluster at a REST address, {@code HOST:PORT}.
   *
   * @throws UserException if none answers there
   */
  public static FlinkCluster at(String address) {
    overview(address);
    return new FlinkCluster(address, Kind.REMOTE, Optional.empty());
  }

  /**
   * The cluster that started this program, as its application or by {@code flink run}.
   *
   * @throws UserException if none did
   */
  public static FlinkCluster around() {
    Configuration context = context();
    String host = context.getOptional(RestOptions.ADDRESS).orElse("localhost");
    String address = host + ":" + context.get(RestOptions.PORT);
    return new FlinkCluster(address, Kind.AROUND, Optional.empty());
  }

  /**
   * The configuration of the cluster that started this program.
   *
   * @throws UserException if none did
   */
  public static Configuration context() {
    Configuration context = ExecutionEnvironment.getExecutionEnvironment().getConfiguration();
    if (context.getOptional(DeploymentOptions.TARGET).orElse(NOWHERE).equals(NOWHERE)) {
      throw UserException.wrongArguments(
          "--flink-master [auto] is for a program that Flink starts itself: give the REST address of a cluster as HOST:PORT, or [local].");
    }
    return context;
  }

  /** A cluster of its own inside this process, with one worker; ends when it is closed. */
  public static FlinkCluster local(int slots) {
    LocalFlink inside = LocalFlink.start(slots);
    return new FlinkCluster(inside.address(), Kind.INSIDE, Optional.of(inside));
  }

  /** Where its REST port is. */
  public String address() {
    return address;
  }

  /** Where Beam is to send a job to. */
  public String master() {
    return kind == Kind.AROUND ? "[auto]" : address;
  }

  /** Whether its workers are here. */
  public boolean isInThisProcess() {
    return kind == Kind.INSIDE;
  }

  /** Whether its jobs go on when this process ends. */
  public boolean outlivesThisProcess() {
    return kind == Kind.REMOTE;
  }

  /** The jar to send with a job, where it is not the one with the program. */
  public Optional<Path> jar() {
    return inside.map(flink -> LocalFlink.emptyJar());
  }

  /**
   * What it has.
   *
   * @throws UserException if it does not answer
   */
  public Size size() {
    JsonNode overview = overview(address);
    return new Size(
        overview.path("taskmanagers").asInt(),
        overview.path("slots-total").asInt(),
        overview.path("slots-available").asInt());
  }

  /** The job of that name, which is one job's only, if it has not ended. */
  public Optional<FlinkJob> running(String name) {
    for (JobStatusMessage job : FlinkJob.ask(client.listJobs(), address)) {
      if (job.getJobName().equals(name) && !job.getJobState().isGloballyTerminalState()) {
        return Optional.of(new FlinkJob(job.getJobId(), client, address));
      }
    }
    return Optional.empty();
  }

  /** The job of that name, ended or not. */
  public Optional<FlinkJob> job(String name) {
    for (JobStatusMessage job : FlinkJob.ask(client.listJobs(), address)) {
      if (job.getJobName().equals(name)) {
        return Optional.of(new FlinkJob(job.getJobId(), client, address));
      }
    }
    return Optional.empty();
  }

  /** Asks a cluster how it is, and so whether it is there at all. */
  private static JsonNode overview(String address) {
    try {
      if (!address.matches(".+:\\d{1,5}")) {
        throw new IllegalArgumentException(address);
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + address + "/overview"))
              .timeout(PATIENCE)
              .build();
      HttpResponse<String> answer = Http.CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode overview = new ObjectMapper().readTree(answer.body());
      if (!overview.has("slots-total")) {
        throw new IOException("something else answers");
      }
      return overview;
    } catch (IllegalArgumentException e) {
      throw UserException.wrongArguments(
          "--flink-master %s is no address: give the REST address as HOST:PORT, or [local].",
          address);
    } catch (IOException e) {
      throw UserException.wrongArguments(
          "No Flink cluster answers at %s: start one, or give the address of its REST port as --flink-master HOST:PORT.",
          address);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the cluster", e);
    }
  }

  @Override
  public void close() {
    client.close();
    inside.ifPresent(LocalFlink::close);
  }
}
