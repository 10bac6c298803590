package io.camaudit.job;

import io.camaudit.input.ImageBlock;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The blocks that are to be done. Splits into one source a block, whatever size a runner wishes
 * for: Flink hands the next one to the slot that asks first, so that no slot waits while another
 * has blocks left, and a slot that is lost takes nothing with it but its block. Shuffled by keys,
 * some slots would be given half as much again as others, and all of them would be one piece that
 * starts anew as a whole.
 */
final class BlockSource extends BoundedSource<ImageBlock> {
  private static final long serialVersionUID = 1;

  /** Runners divide it by their workers; what counts is that it is more than they have. */
  private static final long BYTES_OF_A_BLOCK = 1L << 20;

  private final List<ImageBlock> blocks;

  BlockSource(List<ImageBlock> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  @Override
  public List<BlockSource> split(long desiredBundleSizeBytes, PipelineOptions options) {
    return blocks.stream().map(block -> new BlockSource(List.of(block))).toList();
  }

  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) {
    return blocks.size() * BYTES_OF_A_BLOCK;
  }

  @Override
  public Coder<ImageBlock> getOutputCoder() {
    return SerializableCoder.of(ImageBlock.class);
  }

  @Override
  public BoundedReader<ImageBlock> createReader(PipelineOptions options) {
    return new Reader(this);
  }

  /** Goes through the blocks of one source. */
  private static final class Reader extends BoundedReader<ImageBlock> {
    private final BlockSource source;
    private final Iterator<ImageBlock> left;
    private ImageBlock current;

    Reader(BlockSource source) {
      this.source = source;
      this.left = source.blocks.iterator();
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      current = left.hasNext() ? left.next() : null;
      return current != null;
    }

    @Override
    public ImageBlock getCurrent() {
      if (current == null) {
        throw new NoSuchElementException();
      }
      return current;
    }

    @Override
    public BoundedSource<ImageBlock> getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}
