package io.camaudit.channel;

import io.camaudit.savedmodel.ChannelMap;

/**
 * Where one channel finds what it gives to the explained class: its map after ReLU, in steps of a
 * 255th of the greatest cell.
 *
 * @param channel its place in the layer
 * @param peak the greatest cell
 * @param cells [h·w], row by row, unsigned; 255 is the peak
 */
public record ChannelHeat(int channel, float peak, byte[] cells) {
  static ChannelHeat of(ChannelMap map) {
    float peak = 0;
    for (float value : map.cells()) {
      peak = Math.max(peak, value);
    }
    byte[] cells = new byte[map.cells().length];
    for (int i = 0; i < cells.length; i++) {
      double share = peak > 0 ? Math.max(0, map.cells()[i]) / (double) peak : 0;
      cells[i] = (byte) Math.round(255 * share);
    }
    return new ChannelHeat(map.channel(), peak, cells);
  }
}
