package io.camaudit.savedmodel;

/** Of which pairs the channels of the card's default layer are wanted, beside their maps. */
public interface ChannelWish {
  /** Whether a pair's are wanted. */
  boolean wants(int pair);

  /**
   * How much of each cell of the layer is covered by where the model ought to look.
   *
   * @param target the class that the pair explains
   * @return [h·w], 0 to 1, row by row; null if nothing says where
   */
  float[] coverage(int pair, int target);
}
