package io.camaudit.channel;

import io.camaudit.report.ClassRef;
import io.camaudit.stats.Intervals;
import io.camaudit.stats.Moments;
import java.util.ArrayList;
import java.util.List;

/** Sums over a class's images of the channels that carry it, exact in fixed point. Mutable. */
final class ClassSums {
  private final List<OfChannel> channels;
  private ClassRef classRef;
  private long images;
  private long withRegion;

  private static final class OfChannel {
    private final int channel;
    private final Moments share = new Moments();
    private final Moments outside = new Moments();
    private final Moments whole = new Moments();
    private final Moments sum = new Moments();
    private long speaks;
    private long mostlyOutside;

    OfChannel(int channel) {
      this.channel = channel;
    }

    void add(ChannelVectors vectors, double positive) {
      float relevance = vectors.relevance()[channel];
      double own = positive > 0 && relevance > 0 ? relevance / positive : 0;
      share.add(own);
      if (vectors.inside() != null) {
        double part = own > 0 ? 1 - vectors.inside()[channel] / (double) relevance : 0;
        double beyond = Math.max(0, Math.min(1, part));
        outside.add(own * beyond);
        whole.add(own);
        sum.add(own + own * beyond);
        speaks += own > 0 ? 1 : 0;
        mostlyOutside += beyond > 0.5 ? 1 : 0;
      }
    }

    TopChannel result() {
      var images = Intervals.rate(mostlyOutside, speaks);
      return new TopChannel(
          channel,
          Intervals.mean(share),
          OutsideShare.of(outside, whole, sum),
          images,
          CarriedBy.of(images));
    }
  }

  ClassSums(List<Integer> top) {
    channels = new ArrayList<>(top.size());
    top.forEach(channel -> channels.add(new OfChannel(channel)));
  }

  /**
   * @param explained the class, which is the same each time
   */
  void add(ClassRef explained, ChannelVectors vectors) {
    classRef = explained;
    images++;
    withRegion += vectors.inside() == null ? 0 : 1;
    double positive = vectors.positive();
    channels.forEach(each -> each.add(vectors, positive));
  }

  ClassChannels result() {
    return new ClassChannels(
        classRef, images, withRegion, channels.stream().map(OfChannel::result).toList());
  }
}
