package io.camaudit.savedmodel;

import java.util.ArrayList;
import java.util.List;

/**
 * What each channel of a layer gives to what a pair explains. With activations A and gradients G =
 * dy/dA, both [h, w, C]:
 *
 * <ul>
 *   <li>relevance[k] = Σ over cells of G[i,j,k] · A[i,j,k], in units of y. Where y is an affine
 *       function of the layer's mean over cells, or of any other linear one, they sum to y − bias;
 *   <li>inside[k] = Σ over cells of coverage[i,j] · G[i,j,k] · A[i,j,k], a part of the same sum;
 *   <li>pooled[k] = mean over cells of A[i,j,k].
 * </ul>
 *
 * <p>Sums are in double precision.
 *
 * @param relevance [C]
 * @param inside [C]; null without a coverage
 * @param pooled [C]
 * @param loudest maps of the {@value #LOUDEST} channels with the greatest relevance, greatest
 *     first, fewer if fewer are above 0
 */
public record ChannelSums(
    float[] relevance, float[] inside, float[] pooled, List<ChannelMap> loudest) {
  /** So many channels have a map. */
  public static final int LOUDEST = 8;

  /**
   * @param activations of one pair, [h·w, C] flat
   * @param gradients likewise
   * @param coverage [h·w], 0 to 1; null for none
   */
  static ChannelSums of(float[] activations, float[] gradients, int channels, float[] coverage) {
    int cells = activations.length / channels;
    double[] relevance = new double[channels];
    double[] inside = coverage == null ? null : new double[channels];
    double[] pooled = new double[channels];
    for (int cell = 0; cell < cells; cell++) {
      int at = cell * channels;
      double covered = coverage == null ? 0 : coverage[cell];
      for (int k = 0; k < channels; k++) {
        double product = (double) gradients[at + k] * activations[at + k];
        relevance[k] += product;
        pooled[k] += activations[at + k];
        if (covered > 0) {
          inside[k] += covered * product;
        }
      }
    }
    for (int k = 0; k < channels; k++) {
      pooled[k] /= cells;
    }
    float[] sums = floats(relevance);
    List<ChannelMap> loudest = new ArrayList<>();
    for (int k : greatest(sums)) {
      float[] map = new float[cells];
      for (int cell = 0; cell < cells; cell++) {
        map[cell] = gradients[cell * channels + k] * activations[cell * channels + k];
      }
      loudest.add(new ChannelMap(k, map));
    }
    return new ChannelSums(sums, floats(inside), floats(pooled), List.copyOf(loudest));
  }

  /** The channels with the greatest sums above 0, greatest first; of equals the first. */
  private static List<Integer> greatest(float[] sums) {
    List<Integer> greatest = new ArrayList<>(LOUDEST + 1);
    for (int k = 0; k < sums.length; k++) {
      int place = greatest.size();
      while (place > 0 && sums[k] > sums[greatest.get(place - 1)]) {
        place--;
      }
      if (sums[k] > 0 && place < LOUDEST) {
        greatest.add(place, k);
        if (greatest.size() > LOUDEST) {
          greatest.remove(LOUDEST);
        }
      }
    }
    return greatest;
  }

  /** Whether all numbers can be counted with. */
  public boolean isFinite() {
    for (int k = 0; k < relevance.length; k++) {
      if (!Float.isFinite(relevance[k])
          || !Float.isFinite(pooled[k])
          || (inside != null && !Float.isFinite(inside[k]))) {
        return false;
      }
    }
    return true;
  }

  private static float[] floats(double[] values) {
    if (values == null) {
      return null;
    }
    float[] rounded = new float[values.length];
    for (int k = 0; k < values.length; k++) {
      rounded[k] = (float) values[k];
    }
    return rounded;
  }
}
