package io.camaudit.channel;

import io.camaudit.savedmodel.ChannelSums;

/**
 * What vectors the images of a run have.
 *
 * @param channels numbers of each, C
 * @param height of the layer's maps, in cells
 * @param width likewise
 * @param regions whether there may be any of what lies within regions
 */
public record VectorShape(int channels, int height, int width, boolean regions) {
  /** Vectors in a row. */
  int vectors() {
    return regions ? 3 : 2;
  }

  /** Bytes of a row. */
  int rowLength() {
    long vectors = (long) Float.BYTES * channels * vectors();
    long heats = ChannelSums.LOUDEST * (Integer.BYTES + Float.BYTES + (long) height * width);
    return Math.toIntExact(Integer.BYTES + vectors + heats);
  }
}
