package io.camaudit.channel;

import io.camaudit.First;
import io.camaudit.report.ClassRef;

/** The first images of {@link LikedImage}'s order for one channel. */
final class TopImages {
  private final int channel;
  private final First<LikedImage> first = new First<>(LikedImages.MOST, LikedImage.ORDER);

  TopImages(int channel) {
    this.channel = channel;
  }

  void offer(String image, ClassRef target, ChannelVectors vectors, VectorShape shape) {
    float relevance = vectors.relevance()[channel];
    if (relevance > 0 && first.wants(new LikedImage(image, target, relevance, null))) {
      LikedImage.Heat heat = LikedImage.Heat.of(vectors.heat(channel), shape);
      first.offer(new LikedImage(image, target, relevance, heat));
    }
  }

  LikedImages result() {
    return new LikedImages(channel, first.list());
  }
}
