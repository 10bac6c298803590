package io.camaudit.cli;

import io.camaudit.flink.FlinkCluster;
import io.camaudit.job.BlockRunner;
import io.camaudit.job.ClusterRunner;
import io.camaudit.job.InProcessRunner;
import io.camaudit.job.PipelineRunner;
import io.camaudit.storage.Storage;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What does the blocks of an audit.
 *
 * @param beamOptions Beam's, as they are written behind {@code --}
 * @param workers batches computed at a time, over all processes
 * @param workersOfAProcess of these, how many share a process and so its memory and its model
 * @param threads that do blocks, the cluster's slots where there is one; more than workers where
 *     they wait for storage
 * @param cluster opens the Flink cluster, where there is one
 */
record ChosenRunner(
    List<String> beamOptions,
    int workers,
    int workersOfAProcess,
    int threads,
    Optional<Supplier<FlinkCluster>> cluster) {
  /** Beam's options, each time anew: runners change them. */
  PipelineOptions options() {
    return Storage.prepared(BeamOptions.parse(beamOptions));
  }

  /** Whether blocks are done in this process, with nothing to start but that. */
  boolean isDirect() {
    return cluster.isEmpty() && InProcessRunner.isDirect(options());
  }

  BlockRunner blocks() {
    return cluster.<BlockRunner>map(this::onCluster).orElseGet(this::here);
  }

  /** What runs any other pipeline at the same place. */
  PipelineRunner pipelines() {
    return cluster.<PipelineRunner>map(this::onCluster).orElseGet(this::here);
  }

  private ClusterRunner onCluster(Supplier<FlinkCluster> open) {
    return new ClusterRunner(options().as(FlinkPipelineOptions.class), open);
  }

  private InProcessRunner here() {
    return new InProcessRunner(options(), threads);
  }
}
