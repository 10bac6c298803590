package io.camaudit.page;

import java.util.List;

/**
 * A channel that carries a class, for the browser.
 *
 * @param share of what speaks for the class: value, low, high
 * @param outside which part of it lies outside the regions, likewise; null without any
 * @param chance which part would, were it spread evenly; null with {@code outside}
 * @param below in how many images less of it lies on the object than if it were, and of how many;
 *     null without any
 * @param carried by what, in words; null without regions
 * @param tone which of the page's colours that has
 */
record ChannelData(
    int channel,
    double[] share,
    double[] outside,
    Double chance,
    long[] below,
    String carried,
    String tone,
    List<Picture> pictures) {

  /**
   * An image that the channel likes most.
   *
   * @param target the class that was explained of it
   * @param own true if that is the class of the page, else null
   * @param relevance of the channel
   * @param heat of the channel alone; null where it is not known
   */
  record Picture(
      String name, Photo image, String target, Boolean own, double relevance, MapData heat) {}

  /**
   * A photograph.
   *
   * @param photo its copy, relative to the page; null if there is none
   * @param width of the upright photograph; null if unknown
   * @param frame left, top, right and bottom of maps in fractions of it
   */
  record Photo(String photo, Integer width, Integer height, double[] frame) {}
}
