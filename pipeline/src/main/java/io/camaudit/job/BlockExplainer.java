package io.camaudit.job;

import io.camaudit.explain.ImageExplainer;
import io.camaudit.input.ImageBatch;
import io.camaudit.input.ImageBlock;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Does one block: finds its images in the listing, sends them through the model batch by batch, and
 * writes last what they came to. Only a block that was done to its end leaves records, so one that
 * was cut off is done again from its start and leaves the same files.
 */
final class BlockExplainer {
  private final ImageExplainer explainer;
  private final RunFolder folder;
  private final int batchSize;

  BlockExplainer(ImageExplainer explainer, RunFolder folder, int batchSize) {
    this.explainer = explainer;
    this.folder = folder;
    this.batchSize = batchSize;
  }

  /**
   * @param batches told of each batch when it is done
   */
  void explain(ImageBlock block, Consumer<ImageExplainer.Result> batches) throws IOException {
    BlockTally tally = new BlockTally();
    for (ImageBatch images : ImageBatch.cut(UnfinishedRun.images(folder, block), batchSize)) {
      ImageExplainer.Result batch = explainer.explain(images.images());
      tally.add(batch);
      batches.accept(batch);
    }
    new BlockFiles(folder).write(block.number(), tally);
  }
}
