package io.camaudit.job;

import io.camaudit.input.ImageBlock;
import io.camaudit.stats.RecordStatistics;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.ParDo;

/**
 * The audit as a list of steps: take the blocks of the listing that are not done yet, whichever
 * worker is free, and do each (read, decode, infer, measure, render, write). Then sum up what all
 * blocks say together.
 */
public final class AuditPipeline {
  private AuditPipeline() {}

  /** Adds the steps to a pipeline; neither runs it nor touches storage. */
  static void describe(Pipeline pipeline, AuditPlan plan, List<ImageBlock> open) {
    pipeline
        .apply("TakeBlocks", Read.from(new BlockSource(open)))
        .apply(
            "ExplainBlocks",
            ParDo.of(new ExplainBlockFn(plan.explain().absolute(), plan.run().earlier())));
  }

  /**
   * Adds the steps that follow once all records are written: what the images of each class say
   * together, and the table for analysts. A pipeline of its own, since statistics need every record
   * twice and hold sums only.
   *
   * @param readers how many files are read at a time
   */
  static void describeFollowUp(Pipeline pipeline, AuditPlan plan, int readers) {
    pipeline
        .apply("SumUpClasses", new RecordStatistics(plan.folder(), readers, plan.layers()))
        .apply("WriteStatistics", WriteStatistics.to(plan.folder()));
    if (plan.parquet()) {
      int blocks = Math.max(1, ImageBlock.MAX_IMAGES / plan.run().blockLength());
      pipeline.apply("WriteParquet", WriteParquet.of(plan.folder(), blocks));
    }
  }
}
