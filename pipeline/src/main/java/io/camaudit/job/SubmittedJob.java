package io.camaudit.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.camaudit.UserException;
import io.camaudit.flink.FlinkCluster;
import io.camaudit.flink.FlinkJob;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A job that a run sent to a cluster, noted in the run's folder before it is sent: it goes on when
 * the command that sent it is killed, and the next command must know.
 *
 * @param cluster its REST address
 * @param name the job's, which no other job has
 */
record SubmittedJob(String cluster, String name) {
  private static final String FILE_NAME = "job.json";
  private static final String FILE = RunFolder.UNFINISHED + "/" + FILE_NAME;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One that is to be sent, under a name that begins like this. */
  static SubmittedJob to(FlinkCluster cluster, String name) {
    return new SubmittedJob(
        cluster.address(), name + "-" + UUID.randomUUID().toString().substring(0, 8));
  }

  void note(RunFolder folder) {
    try {
      folder.write(FILE, JSON.writeValueAsBytes(this));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last one that was noted. */
  static Optional<SubmittedJob> in(RunFolder folder) {
    try {
      return folder.has(FILE)
          ? Optional.of(JSON.readValue(folder.read(FILE), SubmittedJob.class))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cancels the job that an earlier command left running, before something else begins. */
  static void cancelEarlier(RunFolder folder, Consumer<String> notes) {
    Optional<SubmittedJob> earlier = in(folder);
    if (earlier.isEmpty()) {
      return;
    }
    String address = earlier.get().cluster;
    try (FlinkCluster cluster = FlinkCluster.at(address)) {
      Optional<FlinkJob> job = cluster.running(earlier.get().name);
      if (job.isPresent()) {
        job.get().cancel();
        notes.accept(
            String.format(
                Locale.ROOT,
                "cancelled the job %s, which an earlier command had left running on the Flink cluster at %s",
                earlier.get().name,
                address));
      }
    } catch (UserException e) {
      notes.accept(
          String.format(
              Locale.ROOT,
              "the Flink cluster at %s, to which an earlier command sent this run, does not answer: going on without it",
              address));
    }
  }
}
