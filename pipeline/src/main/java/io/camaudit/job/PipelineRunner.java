package io.camaudit.job;

import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;

/** Runs one pipeline to its end. */
public interface PipelineRunner {
  /**
   * @param describe adds the pipeline's steps
   * @param look called now and then while it runs, as far as the runner lets one look on
   * @throws RuntimeException what made it fail, with its causes
   */
  void run(Consumer<Pipeline> describe, Runnable look);
}
