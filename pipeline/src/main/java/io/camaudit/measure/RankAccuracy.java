package io.camaudit.measure;

/**
 * Relevance rank accuracy (Arras, Osman and Samek 2022, arXiv:2003.07258): the share of the K most
 * relevant pixels that lie in the region, K being the region's area.
 */
final class RankAccuracy {
  private static final int COARSE_BITS = 10;
  private static final int FINE = UpsampledMap.STEPS >> COARSE_BITS;

  private RankAccuracy() {}

  /**
   * Σ coverage over the K most relevant pixels / K. K need not be whole: of the pixels that tie at
   * the K-th place each counts in the proportion that still fits, so no order among equals is
   * needed.
   */
  static double of(UpsampledMap map, RegionMask region) {
    double wanted = region.area();
    int threshold = valueAtRank(map, wanted);
    long above = 0;
    long ties = 0;
    double hits = 0;
    double tiedHits = 0;
    int pixels = map.pixels();
    for (int i = 0; i < pixels; i++) {
      int value = map.at(i);
      if (value > threshold) {
        above++;
        hits += region.at(i);
      } else if (value == threshold) {
        ties++;
        tiedHits += region.at(i);
      }
    }
    return (hits + tiedHits * (wanted - above) / ties) / wanted;
  }

  /** The greatest value that at least {@code rank} pixels reach, found by two histograms. */
  private static int valueAtRank(UpsampledMap map, double rank) {
    int pixels = map.pixels();
    int[] coarse = new int[(1 << COARSE_BITS) + 1];
    for (int i = 0; i < pixels; i++) {
      coarse[map.at(i) / FINE]++;
    }
    long above = 0;
    int bin = coarse.length - 1;
    while (above + coarse[bin] < rank && bin > 0) {
      above += coarse[bin--];
    }
    int[] fine = new int[FINE];
    for (int i = 0; i < pixels; i++) {
      if (map.at(i) / FINE == bin) {
        fine[map.at(i) % FINE]++;
      }
    }
    int step = FINE - 1;
    while (above + fine[step] < rank && step > 0) {
      above += fine[step--];
    }
    return bin * FINE + step;
  }
}
