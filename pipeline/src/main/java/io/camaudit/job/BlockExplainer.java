package io.camaudit.job;

import io.camaudit.explain.ImageExplainer;
import io.camaudit.input.ImageBlock;
import io.camaudit.input.ImageRef;
import io.camaudit.input.ListingFile;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.util.List;
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
    List<ImageRef> images =
        ListingFile.read(block, folder.read(UnfinishedRun.LISTING, block.offset(), block.bytes()));
    BlockTally tally = new BlockTally();
    for (int from = 0; from < images.size(); from += batchSize) {
      ImageExplainer.Result batch =
          explainer.explain(images.subList(from, Math.min(from + batchSize, images.size())));
      tally.add(batch);
      batches.accept(batch);
    }
    new BlockFiles(folder).write(block.number(), tally);
  }
}
