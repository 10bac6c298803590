package io.camaudit.job;

import io.camaudit.explain.ExplainSettings;
import io.camaudit.input.InputSpec;
import io.camaudit.storage.RunFolder;
import java.util.List;

/**
 * Everything that decides what a run computes.
 *
 * @param input which images
 * @param explain how they are explained
 * @param folder where everything is written
 * @param parquet whether the table for analysts is written too
 * @param layers the model's exported layers, first to last
 * @param channelLayer the layer whose channels are asked for, if they are
 * @param run the blocks of the listing, and how many of them are done
 */
public record AuditPlan(
    InputSpec input,
    ExplainSettings explain,
    RunFolder folder,
    boolean parquet,
    List<String> layers,
    String channelLayer,
    UnfinishedRun run) {
  public AuditPlan {
    layers = List.copyOf(layers);
  }
}
