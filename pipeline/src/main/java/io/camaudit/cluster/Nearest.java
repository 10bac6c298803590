package io.camaudit.cluster;

import java.util.Arrays;

/** The positions of the least of some distances. */
final class Nearest {
  private Nearest() {}

  /**
   * The {@code k} least, least first; of equal ones the first.
   *
   * @param distances of points by their position
   * @param self a position that is left out; negative for none
   */
  static int[] of(double[] distances, int k, int self) {
    int[] nearest = new int[k];
    int found = 0;
    for (int i = 0; i < distances.length; i++) {
      boolean full = found == k;
      if (i == self || k == 0 || (full && distances[i] >= distances[nearest[k - 1]])) {
        continue;
      }
      int at = full ? k - 1 : found++;
      while (at > 0 && distances[nearest[at - 1]] > distances[i]) {
        nearest[at] = nearest[at - 1];
        at--;
      }
      nearest[at] = i;
    }
    return Arrays.copyOf(nearest, found);
  }
}
