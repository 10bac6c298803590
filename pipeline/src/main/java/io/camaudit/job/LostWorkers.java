package io.camaudit.job;

import io.camaudit.UserException;
import io.camaudit.flink.FlinkCluster;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when a cluster has fewer workers than it had: the job goes on, and takes longer. */
final class LostWorkers {
  private static final Logger LOG = LoggerFactory.getLogger(LostWorkers.class);

  private final FlinkCluster cluster;
  private final Consumer<String> notes;
  private int workers;

  LostWorkers(FlinkCluster cluster, Consumer<String> notes) {
    this.cluster = cluster;
    this.notes = notes;
  }

  /** Asks the cluster, which may have no time to answer. One in this process cannot lose any. */
  void look() {
    if (cluster.isInThisProcess()) {
      return;
    }
    int found;
    try {
      found = cluster.size().workers();
    } catch (UserException e) {
      LOG.debug("not asked this time", e); // whether it is gone altogether, the job's status says
      return;
    }
    if (found < workers) {
      notes.accept(
          String.format(
              Locale.ROOT,
              "the Flink cluster at %s has %d TaskManagers, and had %d: the job goes on with them, and begins the blocks anew that were open on the others",
              cluster.address(),
              found,
              workers));
    }
    workers = found;
  }
}
