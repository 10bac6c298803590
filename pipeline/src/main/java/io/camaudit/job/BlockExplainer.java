package io.camaudit.job;

import io.camaudit.explain.ImageExplainer;
import io.camaudit.input.ImageBatch;
import io.camaudit.input.ImageBlock;
import io.camaudit.input.ImageRef;
import io.camaudit.storage.ReadAhead;
import io.camaudit.storage.Retries;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.WriteBehind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one block: finds its images in the listing, takes over what an earlier run has of them,
 * sends the others through the model batch by batch, and writes last what they came to. Files are
 * read ahead of the model and written behind it. Only a block that was done to its end leaves
 * records, so one that was cut off is done again from its start and leaves the same files.
 */
final class BlockExplainer {
  private static final Logger LOG = LoggerFactory.getLogger(BlockExplainer.class);

  private final ImageExplainer explainer;
  private final RunFolder folder;
  private final int batchSize;
  private final long bytesUnderWay;
  private final EarlierResults earlier;

  /**
   * @param bytesUnderWay bytes that may be read ahead of the model, and that may wait to be written
   * @param earlier the run whose results are taken over; null for none
   */
  BlockExplainer(
      ImageExplainer explainer,
      RunFolder folder,
      int batchSize,
      long bytesUnderWay,
      EarlierRun earlier) {
    this.explainer = explainer;
    this.folder = folder;
    this.batchSize = batchSize;
    this.bytesUnderWay = bytesUnderWay;
    this.earlier =
        earlier == null ? null : new EarlierResults(earlier, folder, explainer, bytesUnderWay);
  }

  /** Told of what a block does while it is done. */
  interface Progress {
    /** A batch went through the model. */
    void explained(ImageExplainer.Result batch);

    /** Results of an earlier run were taken over. */
    void takenOver(ImageExplainer.Result results);
  }

  /**
   * Does nothing if the block is done already: a runner that lost a worker gives out again what
   * that worker had, also what it had finished.
   */
  void explain(ImageBlock block, Progress progress) throws IOException {
    BlockFiles files = new BlockFiles(folder);
    if (files.isDone(block.number())) {
      return;
    }
    long start = System.nanoTime();
    BlockTally tally = new BlockTally(block, explainer.vectors());
    List<ImageRef> images = UnfinishedRun.images(folder, block);
    WriteBehind writing = new WriteBehind(folder, bytesUnderWay);
    if (earlier != null) {
      EarlierResults.Taken taken = earlier.take(block, images, writing);
      tally.add(taken.images(), taken.result());
      tally.count(RunMetrics.TAKEN_OVER, taken.images().size());
      progress.takenOver(taken.result());
      Set<Long> done = new HashSet<>();
      taken.images().forEach(image -> done.add(image.position()));
      images = images.stream().filter(image -> !done.contains(image.position())).toList();
    }
    try (ReadAhead reading = readAhead(images)) {
      for (ImageBatch batch : ImageBatch.cut(images, batchSize)) {
        ImageExplainer.Result result = explainer.explain(batch.images(), reading, writing);
        refuseIfCancelled();
        tally.add(batch.images(), result);
        progress.explained(result);
      }
    }
    writing.finish();
    tally.count(RunMetrics.STORAGE_RETRIES, Retries.take());
    refuseIfCancelled();
    files.write(block.number(), tally);
    log(block, tally, start);
  }

  /**
   * A job that is cancelled interrupts its threads, which may have kept images from being read:
   * what that made of them must not be kept.
   */
  private static void refuseIfCancelled() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("the job was cancelled within a block");
    }
  }

  private static void log(ImageBlock block, BlockTally tally, long start) {
    if (LOG.isInfoEnabled()) {
      LOG.info(
          String.format(
              Locale.ROOT,
              "block %d is done: %d images, %d of them taken over, %d failed, in %.1f s",
              block.number(),
              block.images(),
              tally.counts().getOrDefault(RunMetrics.TAKEN_OVER, 0L),
              tally.counts().getOrDefault(RunMetrics.FAILED, 0L),
              (System.nanoTime() - start) / 1e9));
    }
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
