package io.camaudit.faithfulness;

import io.camaudit.Batches;
import io.camaudit.alter.Fill;
import io.camaudit.explain.InputModel;
import io.camaudit.savedmodel.CellLayout;
import io.camaudit.savedmodel.InputPicture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Takes cells out of an image in several orders and asks the model what is left of its class.
 *
 * @param layouts where a layer's cells lie on the picture
 */
record Removals(InputModel model, CellGrid grid, Function<String, CellLayout> layouts, Fill fill) {
  /** Shares of cells that are taken out: the middles of five equal steps from none to all. */
  static final List<Double> SHARES = List.of(0.1, 0.3, 0.5, 0.7, 0.9);

  /** One order by how much of it is gone. */
  private record Hole(CellOrder order, double share) {}

  /** The model's batches are of one image alone, so its numbers depend on no other's. */
  ImageCurves of(InputPicture picture, SampledImage image) {
    CellOrder chance = CellOrder.byChance(grid, image.name());
    List<CellOrder> orders = new ArrayList<>();
    orders.add(chance);
    image
        .maps()
        .forEach(
            (kind, map) -> {
              double[] relevance = grid.means(map, layouts.apply(kind.layer()));
              CellOrder most = CellOrder.mostRelevantFirst(grid, relevance, chance);
              orders.add(most.reversed());
              orders.add(most);
            });
    List<Hole> holes = new ArrayList<>();
    holes.add(new Hole(chance, 0)); // nothing is taken out
    orders.forEach(order -> SHARES.forEach(share -> holes.add(new Hole(order, share))));

    double[] found = ask(picture, holes, image.target().index());
    Map<MapKind, ImageCurves.Ends> ends = new LinkedHashMap<>();
    int order = 1;
    for (MapKind kind : image.maps().keySet()) {
      ends.put(kind, new ImageCurves.Ends(curve(found, order), curve(found, order + 1)));
      order += 2;
    }
    return new ImageCurves(found[0], curve(found, 0), ends);
  }

  private static double[] curve(double[] found, int order) {
    int from = 1 + order * SHARES.size();
    return Arrays.copyOfRange(found, from, from + SHARES.size());
  }

  private double[] ask(InputPicture picture, List<Hole> holes, int classIndex) {
    // Not all pictures at once: each is as large as the model's input.
    return Batches.of(holes, model.batchSize()).stream()
        .map(batch -> batch.stream().map(hole -> without(picture, hole)).toList())
        .map(some -> model.ask(some, Collections.nCopies(some.size(), classIndex)))
        .flatMap(List::stream)
        .mapToDouble(InputModel.Answer::probability)
        .toArray();
  }

  private InputPicture without(InputPicture picture, Hole hole) {
    return fill.without(
        picture, hole.order().first(hole.share(), picture.width(), picture.height()));
  }
}
