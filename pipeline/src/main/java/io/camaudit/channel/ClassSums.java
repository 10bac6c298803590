package io.camaudit.channel;

import io.camaudit.report.ClassRef;
import io.camaudit.stats.Intervals;
import io.camaudit.stats.Moments;
import io.camaudit.stats.Rate;
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
    private final Moments even = new Moments();
    private long speaks;
    private long belowChance;

    OfChannel(int channel) {
      this.channel = channel;
    }

    void add(ChannelVectors vectors, double positive, Double area) {
      float relevance = vectors.relevance()[channel];
      double own = positive > 0 && relevance > 0 ? relevance / positive : 0;
      share.add(own);
      if (area != null) {
        double inside = own > 0 ? vectors.inside()[channel] / (double) relevance : 0;
        double beyond = own * Math.max(0, Math.min(1, 1 - inside));
        outside.add(beyond);
        whole.add(own);
        sum.add(own + beyond);
        even.add(own * (1 - area));
        speaks += own > 0 ? 1 : 0;
        belowChance += own > 0 && inside < area ? 1 : 0;
      }
    }

    TopChannel result() {
      OutsideShare beyond = OutsideShare.of(outside, whole, sum);
      Rate below = Intervals.rate(belowChance, speaks);
      Double chance = beyond == null ? null : (Double) (even.mean() / whole.mean());
      return new TopChannel(
          channel,
          Intervals.mean(share),
          beyond,
          chance,
          below,
          CarriedBy.of(beyond, chance, below));
    }
  }

  ClassSums(List<Integer> top) {
    channels = new ArrayList<>(top.size());
    top.forEach(channel -> channels.add(new OfChannel(channel)));
  }

  /**
   * @param explained the class, which is the same each time
   * @param area the region's share of the input; null without a region
   */
  void add(ClassRef explained, ChannelVectors vectors, Double area) {
    classRef = explained;
    images++;
    withRegion += area == null ? 0 : 1;
    double positive = vectors.positive();
    channels.forEach(each -> each.add(vectors, positive, area));
  }

  ClassChannels result() {
    return new ClassChannels(
        classRef, images, withRegion, channels.stream().map(OfChannel::result).toList());
  }
}
