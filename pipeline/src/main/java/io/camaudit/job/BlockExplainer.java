package io.camaudit.job;

import io.camaudit.explain.ImageExplainer;
import io.camaudit.input.ImageBatch;
import io.camaudit.input.ImageBlock;
import io.camaudit.input.ImageRef;
import io.camaudit.storage.ReadAhead;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.WriteBehind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Does one block: finds its images in the listing, sends them through the model batch by batch, and
 * writes last what they came to. Files are read ahead of the model and written behind it. Only a
 * block that was done to its end leaves records, so one that was cut off is done again from its
 * start and leaves the same files.
 */
final class BlockExplainer {
  private final ImageExplainer explainer;
  private final RunFolder folder;
  private final int batchSize;
  private final long bytesUnderWay;

  /**
   * @param bytesUnderWay bytes that may be read ahead of the model, and that may wait to be written
   */
  BlockExplainer(ImageExplainer explainer, RunFolder folder, int batchSize, long bytesUnderWay) {
    this.explainer = explainer;
    this.folder = folder;
    this.batchSize = batchSize;
    this.bytesUnderWay = bytesUnderWay;
  }

  /**
   * @param batches told of each batch when it is done
   */
  void explain(ImageBlock block, Consumer<ImageExplainer.Result> batches) throws IOException {
    BlockTally tally = new BlockTally();
    List<ImageRef> images = UnfinishedRun.images(folder, block);
    WriteBehind writing = new WriteBehind(folder, bytesUnderWay);
    try (ReadAhead reading = readAhead(images)) {
      for (ImageBatch batch : ImageBatch.cut(images, batchSize)) {
        ImageExplainer.Result result = explainer.explain(batch.images(), reading, writing);
        tally.add(result);
        batches.accept(result);
      }
    }
    writing.finish();
    new BlockFiles(folder).write(block.number(), tally);
  }

  private ReadAhead readAhead(List<ImageRef> images) {
    List<ReadAhead.Wanted> files = new ArrayList<>(images.size());
    for (ImageRef image : images) {
      Long bytes = image.stamp() == null ? null : (Long) image.stamp().bytes();
      files.add(new ReadAhead.Wanted(image.location(), bytes));
    }
    return new ReadAhead(explainer.reader(), files, bytesUnderWay);
  }
}
