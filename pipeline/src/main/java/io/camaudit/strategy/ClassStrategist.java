package io.camaudit.strategy;

import io.camaudit.Sha256;
import io.camaudit.cluster.NearestVote;
import io.camaudit.cluster.SpectralClusters;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.Intervals;
import io.camaudit.stats.Mean;
import io.camaudit.stats.MeanDifference;
import io.camaudit.stats.Moments;
import io.camaudit.stats.Rate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One class's strategies: clusters a sample of its images, then takes every image in. Mutable, for
 * one class.
 */
final class ClassStrategist {
  /** Images of a class that are clustered. */
  static final int SAMPLE = 1000;

  private static final int SEED_DIGITS = 16;
  private static final int HEXADECIMAL = 16;
  private static final int TYPICAL = 6;
  private static final int CONTRASTS = 5;
  private static final double LEAST_SHARE = 0.001;

  private final ClassRef classRef;
  private final List<String> sample;
  private final double[][] roots;
  private final SpectralClusters clusters;
  private final NearestVote vote;
  private final List<StrategyTally> tallies = new ArrayList<>();
  private final List<StrategyTally> others = new ArrayList<>();
  private long withoutRelevance;

  /**
   * @param sample names of images in the order of their hashes
   * @param roots of the shares of their channels, each of one length
   */
  ClassStrategist(ClassRef classRef, List<String> sample, List<double[]> roots) {
    this.classRef = classRef;
    this.sample = List.copyOf(sample);
    this.roots = roots.toArray(double[][]::new);
    this.clusters = SpectralClusters.of(this.roots, seed(classRef));
    this.vote = new NearestVote(this.roots, clusters);
    for (int i = 0; i < clusters.count(); i++) {
      tallies.add(new StrategyTally());
      others.add(new StrategyTally());
    }
  }

  /** The class's own: the same in every run that has a class of that id, or name. */
  static long seed(ClassRef classRef) {
    String name = classRef.id() == null ? classRef.name() : classRef.id();
    return Long.parseUnsignedLong(Sha256.hex(name).substring(0, SEED_DIGITS), HEXADECIMAL);
  }

  /** Takes in a sampled image, by its position among the sample. */
  AssignedImage addSampled(int position, ImageFacts image) {
    int cluster = clusters.labels()[position];
    if (clusters.neighbours() == 0) {
      return add(cluster, image, null, null);
    }
    double[] place = clusters.coordinates()[position];
    return add(cluster, image, place[0], place[1]);
  }

  /** Takes in another image. */
  AssignedImage add(ImageFacts image, double[] ofChannels) {
    return add(vote.of(ofChannels), image, null, null);
  }

  /** Takes in an image that nothing speaks for. */
  void addWithoutRelevance() {
    withoutRelevance++;
  }

  private AssignedImage add(int cluster, ImageFacts image, Double x, Double y) {
    for (int i = 0; i < tallies.size(); i++) {
      (i == cluster ? tallies : others).get(i).add(image);
    }
    return new AssignedImage(image.name(), cluster + 1, x, y);
  }

  /**
   * What came of all images.
   *
   * @param file that lists them
   */
  ClassStrategies result(String file) {
    long images = tallies.stream().mapToLong(StrategyTally::images).sum();
    return new ClassStrategies(
        classRef,
        images,
        withoutRelevance,
        sample.size(),
        clusters.distinct(),
        clusters.neighbours(),
        Arrays.stream(clusters.eigenvalues()).boxed().toList(),
        clusters.gap(),
        file,
        IntStream.range(0, tallies.size()).mapToObj(i -> strategy(i, images)).toList());
  }

  private Strategy strategy(int cluster, long images) {
    StrategyTally tally = tallies.get(cluster);
    List<Integer> members = members(cluster, true);
    double[] shares = meanShares(members);
    return new Strategy(
        cluster + 1,
        tally.images(),
        Rate.of(tally.images(), images),
        tally.accuracy(),
        tally.rightReasonRate(),
        tally.borderLift(),
        tally.lift(),
        tally.predictions(),
        channels(shares),
        typical(members),
        tallies.size() == 1 ? null : against(cluster, members, shares));
  }

  private List<Integer> members(int cluster, boolean inside) {
    return IntStream.range(0, roots.length)
        .filter(i -> (clusters.labels()[i] == cluster) == inside)
        .boxed()
        .toList();
  }

  private double[] meanShares(List<Integer> members) {
    return Relevance.mean(members.stream().map(i -> roots[i]).toList(), Relevance::share);
  }

  private static List<Strategy.ChannelShare> channels(double[] shares) {
    return IntStream.range(0, shares.length)
        .boxed()
        .filter(c -> shares[c] >= LEAST_SHARE)
        .sorted(Comparator.comparingDouble((Integer c) -> shares[c]).reversed())
        .limit(Strategy.MOST_CHANNELS)
        .map(c -> new Strategy.ChannelShare(c, shares[c]))
        .toList();
  }

  private List<String> typical(List<Integer> members) {
    double[] centre = Relevance.mean(members.stream().map(i -> roots[i]).toList(), root -> root);
    return members.stream()
        .sorted(Comparator.comparingDouble(i -> Relevance.distance(roots[i], centre)))
        .limit(TYPICAL)
        .map(sample::get)
        .toList();
  }

  private Strategy.Against against(int cluster, List<Integer> members, double[] shares) {
    StrategyTally own = tallies.get(cluster);
    StrategyTally rest = others.get(cluster);
    List<Integer> outside = members(cluster, false);
    double[] ofOthers = meanShares(outside);
    List<Strategy.ChannelContrast> contrasts =
        IntStream.range(0, shares.length)
            .boxed()
            .filter(c -> shares[c] > ofOthers[c])
            .sorted(Comparator.comparingDouble((Integer c) -> shares[c] - ofOthers[c]).reversed())
            .limit(CONTRASTS)
            .map(c -> new Strategy.ChannelContrast(c, difference(c, members, outside)))
            .toList();
    return new Strategy.Against(
        Intervals.difference(own.accuracy(), rest.accuracy()),
        Intervals.difference(own.rightReasonRate(), rest.rightReasonRate()),
        Intervals.difference(own.borderLift(), rest.borderLift()),
        contrasts);
  }

  private MeanDifference difference(int channel, List<Integer> members, List<Integer> outside) {
    return Intervals.difference(mean(channel, members), mean(channel, outside));
  }

  private Mean mean(int channel, List<Integer> of) {
    Moments moments = new Moments();
    of.forEach(i -> moments.add(Relevance.share(roots[i][channel])));
    return Intervals.mean(moments);
  }
}
