package io.camaudit.channel;

import java.util.List;

/**
 * The images of the whole dataset in which a channel speaks loudest for what is explained.
 *
 * @param images by its relevance, greatest first; ties by name; at most {@value #MOST}
 */
public record LikedImages(int channel, List<LikedImage> images) {
  /** So many are kept. */
  public static final int MOST = 12;

  public LikedImages {
    images = List.copyOf(images);
  }
}
