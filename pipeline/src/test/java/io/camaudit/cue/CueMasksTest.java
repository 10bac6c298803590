package io.camaudit.cue;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.Sha256;
import io.camaudit.TestPictures;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageExplainer;
import io.camaudit.input.ImageRef;
import io.camaudit.savedmodel.CellLayout;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CueMasksTest {
  private static final int IMAGES = ExplainSettings.DEFAULT_BATCH_SIZE + 3;

  @TempDir Path folder;

  private record Told(long done, long total, long failed) {}

  @Test
  void itIsToldHowManyAreDoneAndLost() throws IOException {
    List<Scored> bearing = new ArrayList<>();
    Map<String, ImageRef> refs = new HashMap<>();
    for (int i = 0; i < IMAGES; i++) {
      Path file = folder.resolve(i + ".jpg");
      TestPictures.write(file, 40, 30, i);
      refs.put(i + ".jpg", ImageRef.of(file.toString()));
      bearing.add(
          new Scored(i + ".jpg", 1, true, true, null, Sha256.hex(Files.readAllBytes(file))));
    }
    Files.delete(folder.resolve("3.jpg"));
    refs.remove("7.jpg");
    List<Told> told = new ArrayList<>();
    CueMasks.Made made;
    try (ImageExplainer explainer =
        ImageExplainer.open(ExplainSettings.of("../savedmodel/src/test/resources/tiny-model"))) {
      ModelCard card = explainer.card();
      ModelCard.Layer layer = card.layer(card.defaultLayer());
      double[] unit = new double[layer.channels()];
      unit[0] = 1;
      made =
          new CueMasks(
                  IMAGES,
                  explainer.inputs(),
                  2,
                  CellLayout.even(
                      layer.height(), layer.width(), card.input().height(), card.input().width()),
                  names -> refs,
                  (done, total, failed, before, elapsed) -> {
                    assertThat(before).isZero();
                    assertThat(elapsed).isPositive();
                    told.add(new Told(done, total, failed));
                  })
              .write(
                  new RunFolder(folder.toString()),
                  new Direction(new double[unit.length], unit, 1, 1, 1),
                  bearing);
    }
    assertThat(made.images()).isEqualTo(IMAGES);
    assertThat(made.lost()).extracting(CueMasks.Lost::image).containsExactly("3.jpg", "7.jpg");
    assertThat(told).hasSize(2).last().isEqualTo(new Told(IMAGES, IMAGES, 2));
    assertThat(told.get(0).done()).isLessThan(IMAGES);
  }
}
