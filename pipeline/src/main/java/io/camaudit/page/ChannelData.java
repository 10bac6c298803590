package io.camaudit.page;

import java.util.List;

/**
 * A channel that carries a class, for the browser.
 *
 * @param share of what speaks for the class: value, low, high
 * @param outside which part of it lies outside the regions, likewise; null without any
 * @param mostly in how many images most of it does, and of how many; null without any
 * @param carried by what, in words; null without regions
 * @param tone which of the page's colours that has
 */
record ChannelData(
    int channel,
    double[] share,
    double[] outside,
    long[] mostly,
    String carried,
    String tone,
    List<Picture> pictures) {

  /**
   * An image that the channel likes most.
   *
   * @param photo the photograph's copy, relative to the page; null if there is none
   * @param predicted what the model calls it
   * @param own true if that is the class, else null
   * @param relevance of the channel
   */
  record Picture(String name, String photo, String predicted, Boolean own, double relevance) {}
}
