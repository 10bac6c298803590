package io.camaudit.explain;

import io.camaudit.channel.ChannelVectors;
import io.camaudit.measure.CellCoverage;
import io.camaudit.savedmodel.CellLayout;
import io.camaudit.savedmodel.ChannelSums;
import io.camaudit.savedmodel.ChannelWish;
import io.camaudit.savedmodel.ModelCard;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Asks for the channels of what images are judged by, their first explanations, and compares them
 * with where the model ought to look.
 *
 * @param layer the model's default layer
 * @param layout of its cells on the model's input
 */
record JudgedChannels(ModelCard.Layer layer, CellLayout layout, TargetRegions regions) {
  /**
   * @param imageIndex [M], which of the images a pair is of
   * @param wanted whether a pair may be its image's first explanation
   */
  ChannelWish of(List<PreparedImage> images, int[] imageIndex, IntPredicate wanted) {
    return new ChannelWish() {
      @Override
      public boolean wants(int pair) {
        return wanted.test(pair);
      }

      @Override
      public float[] coverage(int pair, int target) {
        return regions
            .of(images.get(imageIndex[pair]), target)
            .map(region -> CellCoverage.of(region, layout))
            .orElse(null);
      }
    };
  }

  /** The vectors of an image; null if nothing was explained or the numbers are not finite. */
  static ChannelVectors vectors(ImageAnswer answer) {
    if (answer.targets().isEmpty()) {
      return null;
    }
    ImageAnswer.Target first = answer.targets().get(0);
    ChannelSums sums = first.answer().channels(first.pair());
    return sums == null || !sums.isFinite() ? null : ChannelVectors.of(first.index(), sums);
  }
}
