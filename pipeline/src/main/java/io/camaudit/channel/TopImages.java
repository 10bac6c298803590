package io.camaudit.channel;

import io.camaudit.report.ClassRef;
import java.util.TreeSet;

/** The first images of {@link LikedImage}'s order for one channel, exact whatever comes first. */
final class TopImages {
  private final int channel;
  private final TreeSet<LikedImage> first = new TreeSet<>(LikedImage.ORDER);

  TopImages(int channel) {
    this.channel = channel;
  }

  void offer(String image, ClassRef target, ChannelVectors vectors, VectorShape shape) {
    float relevance = vectors.relevance()[channel];
    boolean full = first.size() == LikedImages.MOST;
    if (relevance > 0 && !(full && relevance < first.last().relevance())) {
      LikedImage.Heat heat = LikedImage.Heat.of(vectors.heat(channel), shape);
      first.add(new LikedImage(image, target, relevance, heat));
      if (first.size() > LikedImages.MOST) {
        first.pollLast();
      }
    }
  }

  LikedImages result() {
    return new LikedImages(channel, first.stream().toList());
  }
}
