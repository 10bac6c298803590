package io.camaudit.proof;

import io.camaudit.stats.Significance;

/**
 * What it takes to call a suspicion confirmed or refuted. All are shares, 0 to 1.
 *
 * @param falseDiscoveryRate greatest adjusted p-value of a finding
 * @param leastGap of a confirmed class: by how much it must keep its prediction without the object
 *     more often than the other classes do, and lose it with the object alone more often than when
 *     as much is taken away elsewhere, or on backgrounds of other classes more often than on its
 *     own
 * @param mostKeptWithout of a refuted class: the share kept without the object must be below it
 * @param leastKeptAlone of a refuted class: the share kept with the object alone must be above it
 */
public record EvidenceRules(
    double falseDiscoveryRate, double leastGap, double mostKeptWithout, double leastKeptAlone) {
  public static final EvidenceRules DEFAULT =
      new EvidenceRules(Significance.FALSE_DISCOVERY_RATE, 0.25, 0.25, 0.5);

  public EvidenceRules {
    for (double share :
        new double[] {falseDiscoveryRate, leastGap, mostKeptWithout, leastKeptAlone}) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(share + " is not a share from 0 to 1");
      }
    }
  }
}
