package io.camaudit.channel;

import io.camaudit.stats.Example;
import java.util.List;

/**
 * The images of the whole dataset in which a channel speaks loudest for what is explained.
 *
 * @param images by its relevance, greatest first, which is each example's value; ties by name
 */
public record LikedImages(int channel, List<Example> images) {
  public LikedImages {
    images = List.copyOf(images);
  }
}
