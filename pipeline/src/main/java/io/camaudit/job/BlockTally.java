package io.camaudit.job;

import io.camaudit.channel.ChannelBlock;
import io.camaudit.channel.VectorShape;
import io.camaudit.explain.ImageExplainer;
import io.camaudit.input.ImageBlock;
import io.camaudit.input.ImageRef;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the batches of a block come to: counts, and the lines of all reports and of failures. */
final class BlockTally {
  private final Map<String, Long> counts = new TreeMap<>();
  private final long firstPosition;
  private final byte[][] lines;
  private final boolean[] failed;
  private final ChannelBlock channels;

  /**
   * @param vectors the vectors of channels that images have; empty for none
   */
  BlockTally(ImageBlock block, Optional<VectorShape> vectors) {
    this.firstPosition = block.firstPosition();
    this.lines = new byte[block.images()][];
    this.failed = new boolean[block.images()];
    this.channels = vectors.map(shape -> new ChannelBlock(block.images(), shape)).orElse(null);
  }

  /**
   * @param images of the block, in any order
   * @param result what they came to
   */
  void add(List<ImageRef> images, ImageExplainer.Result result) {
    for (int i = 0; i < images.size(); i++) {
      int place = (int) (images.get(i).position() - firstPosition);
      lines[place] = result.lines().get(i);
      if (channels != null) {
        channels.put(place, result.vectors().get(i));
      }
      failed[place] = result.reports().get(i).status().isFailure();
    }
    RunMetrics.counts(result).forEach(this::count);
  }

  void count(String name, long more) {
    counts.merge(name, more, Long::sum);
  }

  Map<String, Long> counts() {
    return counts;
  }

  /** Of all images, in their order. */
  byte[] records() {
    Lines records = new Lines();
    for (byte[] line : lines) {
      records.add(line);
    }
    return records.bytes();
  }

  /** What the channels gave to all images, in their order; empty if they are not wanted. */
  Optional<byte[]> channels() {
    return Optional.ofNullable(channels).map(ChannelBlock::bytes);
  }

  byte[] failures() {
    Lines failures = new Lines();
    for (int i = 0; i < lines.length; i++) {
      if (failed[i]) {
        failures.add(lines[i]);
      }
    }
    return failures.bytes();
  }

  /** Lines, each ended by a line feed. */
  private static final class Lines {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    void add(byte[] line) {
      text.writeBytes(line);
      text.write('\n');
    }

    byte[] bytes() {
      return text.toByteArray();
    }
  }
}
