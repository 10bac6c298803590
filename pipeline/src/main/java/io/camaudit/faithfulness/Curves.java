package io.camaudit.faithfulness;

import io.camaudit.alter.Fill;
import io.camaudit.explain.InputModel;
import io.camaudit.savedmodel.InputPicture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How the probability of a class falls while the cells of its map are taken out of a picture.
 *
 * @param untouched with nothing taken out
 * @param leastFirst at each of {@link #REMOVED}, the least relevant cells gone
 * @param anyFirst likewise, cells in an order that has nothing to do with the map
 * @param mostFirst likewise, the most relevant cells gone
 */
record Curves(double untouched, double[] leastFirst, double[] anyFirst, double[] mostFirst) {
  /** Shares of cells that are taken out: the middles of five equal steps from none to all. */
  static final List<Double> REMOVED = List.of(0.1, 0.3, 0.5, 0.7, 0.9);

  /**
   * Asks the model.
   *
   * @param map raw, over the whole picture
   * @param name of the image, which the chance order goes by
   */
  static Curves of(
      InputModel model, InputPicture picture, float[][] map, int classIndex, String name) {
    CellOrder most = CellOrder.mostRelevantFirst(map);
    List<CellOrder> orders =
        List.of(most.reversed(), CellOrder.byChance(map[0].length, map.length, name), most);
    List<InputPicture> pictures = new ArrayList<>();
    pictures.add(picture);
    for (CellOrder order : orders) {
      for (double share : REMOVED) {
        pictures.add(
            Fill.MEAN.without(picture, order.first(share, picture.width(), picture.height())));
      }
    }
    double[] found = ask(model, pictures, classIndex);
    int steps = REMOVED.size();
    return new Curves(
        found[0],
        part(found, 1, steps),
        part(found, 1 + steps, steps),
        part(found, 1 + 2 * steps, steps));
  }

  private static double[] ask(InputModel model, List<InputPicture> pictures, int classIndex) {
    double[] probabilities = new double[pictures.size()];
    for (int from = 0; from < probabilities.length; from += model.batchSize()) {
      List<InputPicture> some =
          pictures.subList(from, Math.min(from + model.batchSize(), probabilities.length));
      List<InputModel.Answer> answers =
          model.ask(some, Collections.nCopies(some.size(), classIndex));
      for (int i = 0; i < answers.size(); i++) {
        probabilities[from + i] = answers.get(i).probability();
      }
    }
    return probabilities;
  }

  private static double[] part(double[] all, int from, int length) {
    return java.util.Arrays.copyOfRange(all, from, from + length);
  }

  /** Symmetric relevance gain: the mean over the steps of least first less most first. */
  double gain() {
    double sum = 0;
    for (int i = 0; i < leastFirst.length; i++) {
      sum += leastFirst[i] - mostFirst[i];
    }
    return sum / leastFirst.length;
  }

  /** Whether the model answered everything with numbers that can be counted with. */
  boolean isFinite() {
    double sum = untouched;
    for (int i = 0; i < leastFirst.length; i++) {
      sum += leastFirst[i] + anyFirst[i] + mostFirst[i];
    }
    return Double.isFinite(sum);
  }
}
