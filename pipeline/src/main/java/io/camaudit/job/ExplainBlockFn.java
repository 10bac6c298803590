package io.camaudit.job;

import io.camaudit.explain.ExplainSettings;
import io.camaudit.input.ImageBlock;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.TransferBudget;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;

/**
 * Does blocks of a run, and says which are done. Nothing of an image goes through the runner: what
 * it would have to hold for a million of them is more than any heap.
 */
final class ExplainBlockFn extends DoFn<ImageBlock, Integer> {
  private static final long serialVersionUID = 1;

  private final ExplainSettings settings;
  private final EarlierRun earlier;
  private transient BlockExplainer explainer;

  /**
   * @param earlier the run whose results are taken over; null for none
   */
  ExplainBlockFn(ExplainSettings settings, EarlierRun earlier) {
    this.settings = settings;
    this.earlier = earlier;
  }

  @Setup
  public void acquire() {
    explainer =
        new BlockExplainer(
            SharedExplainer.acquire(settings),
            new RunFolder(settings.output()),
            settings.batchSize(),
            TransferBudget.bytes(settings.concurrentCalls()),
            earlier);
  }

  @ProcessElement
  public void explain(@Element ImageBlock block, OutputReceiver<Integer> done) throws IOException {
    SharedExplainer.countLoading(settings);
    LastBlocks.work(settings.output(), () -> explain(block));
    done.output(block.number());
  }

  private void explain(ImageBlock block) throws IOException {
    try {
      explainer.explain(block, RunMetrics.PROGRESS);
    } catch (RuntimeException e) {
      RunMetrics.FAILED_BATCHES.inc();
      throw e;
    }
  }

  @Teardown
  public void release() {
    if (explainer != null) {
      explainer = null;
      SharedExplainer.release(settings);
    }
  }
}
