package io.camaudit.cue;

import io.camaudit.channel.ChannelFiles;
import io.camaudit.stats.Moments;
import java.io.IOException;
import java.util.Optional;

/**
 * The direction of a cue in mean activations: from the mean of the images without it to the mean of
 * those with it.
 *
 * @param centre mean of the images without it, [C]
 * @param unit direction, of length 1, [C]
 * @param length distance of the two means
 * @param withCue images that made the one mean
 * @param others images that made the other
 */
record Direction(double[] centre, double[] unit, double length, long withCue, long others) {
  /** From the images that make it; empty if a side has none, or the two means are one. */
  static Optional<Direction> of(ChannelFiles files, CueSet set) throws IOException {
    Moments[] with = moments(files.channels());
    Moments[] without = moments(files.channels());
    files.forEach(
        (report, vectors) -> {
          if (set.makes(report.image())) {
            Moments[] side = set.has(report.image()) ? with : without;
            for (int k = 0; k < side.length; k++) {
              side[k].add(vectors.pooled()[k]);
            }
          }
        });
    if (with[0].count() == 0 || without[0].count() == 0) {
      return Optional.empty();
    }
    double[] centre = new double[with.length];
    double[] unit = new double[with.length];
    double squares = 0;
    for (int k = 0; k < unit.length; k++) {
      centre[k] = without[k].mean();
      unit[k] = with[k].mean() - centre[k];
      squares += unit[k] * unit[k];
    }
    double length = Math.sqrt(squares);
    for (int k = 0; k < unit.length; k++) {
      unit[k] /= length;
    }
    return length > 0
        ? Optional.of(new Direction(centre, unit, length, with[0].count(), without[0].count()))
        : Optional.empty();
  }

  private static Moments[] moments(int channels) {
    Moments[] moments = new Moments[channels];
    for (int k = 0; k < channels; k++) {
      moments[k] = new Moments();
    }
    return moments;
  }

  /**
   * Where in a picture the cue is: {@code u · (A_ij − centre) / length} of each cell. Its mean over
   * cells is the image's score.
   *
   * @param activations A of several pictures, [N, h, w, C] flat
   * @param picture which of them
   * @return [h][w], of any sign
   */
  float[][] map(float[] activations, int picture, int height, int width) {
    float[][] map = new float[height][width];
    int at = picture * height * width * unit.length;
    for (float[] row : map) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int k = 0; k < unit.length; k++) {
          sum += unit[k] * (activations[at++] - centre[k]);
        }
        row[x] = (float) (sum / length);
      }
    }
    return map;
  }

  /** How far an image lies from the centre along the direction. */
  double distance(float[] pooled) {
    double sum = 0;
    for (int k = 0; k < unit.length; k++) {
      sum += unit[k] * (pooled[k] - centre[k]);
    }
    return sum;
  }
}
