package io.camaudit.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.image.OverlayRenderer;
import io.camaudit.image.SaliencyMap;
import io.camaudit.savedmodel.BatchExplanation;
import io.camaudit.savedmodel.ExplainableModel;
import io.camaudit.savedmodel.InputBatch;
import io.camaudit.savedmodel.LayerGradients;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.Placement;
import io.camaudit.savedmodel.Precision;
import io.camaudit.savedmodel.SessionSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Maps by passes against what they come to by hand, on a model of 32 x 32 pixels. */
final class ChannelMapsTest {
  private static final int SIDE = 32;
  private static final String LAST = "block2_out";
  private static final String FIRST = "block1_out";

  private ExplainableModel model;
  private InputBatch batch;
  private BatchExplanation logits;

  @BeforeEach
  void twoPictures() {
    model =
        ExplainableModel.load(
            Path.of("../savedmodel/src/test/resources/tiny-model"),
            new SessionSettings(1, 1, 5, Precision.FLOAT32));
    batch = model.newBatch();
    Random random = new Random(7);
    for (int slot = 0; slot < 2; slot++) {
      byte[] rgb = new byte[3 * SIDE * SIDE];
      random.nextBytes(rgb);
      model.preprocess(rgb, SIDE, SIDE, batch, slot);
    }
    logits = model.logits(batch, 2);
  }

  @AfterEach
  void close() {
    batch.close();
    model.close();
  }

  @Test
  void withoutAChannelAnAveragePoolLosesItsShareOfTheLogit() {
    int[] images = {1, 0, 1};
    int[] targets = {2, 0, 1};
    BatchExplanation answer =
        new ChannelMaps(model, ChannelMethod.ABLATIONCAM, List.of(LAST))
            .of(batch, 2, images, targets, null, logits);
    LayerGradients parts = model.gradients(batch, 2, images, targets, LAST);
    ModelCard.Layer layer = model.card().layer(LAST);
    int cells = layer.height() * layer.width();
    int channels = layer.channels();
    for (int m = 0; m < images.length; m++) {
      float y = logits.logits(images[m])[targets[m]];
      assertThat(answer.score(m)).isEqualTo(y);
      // The head is affine in the channels, so that y − y_k is the sum of gradient times
      // activation.
      double[] want = new double[cells];
      for (int k = 0; k < channels; k++) {
        double lost = 0;
        for (int i = 0; i < cells; i++) {
          int at = (m * cells + i) * channels + k;
          lost += (double) parts.activations()[at] * parts.gradients()[at];
        }
        for (int i = 0; i < cells; i++) {
          want[i] += lost / Math.abs(y) * parts.activations()[(m * cells + i) * channels + k];
        }
      }
      assertClose(answer.map(m, LAST), want);
    }
  }

  @Test
  void masksAreTheEnlargedChannelsAndWeightsASoftmaxOverThem() {
    for (String name : List.of(FIRST, LAST)) {
      BatchExplanation answer =
          new ChannelMaps(model, ChannelMethod.SCORECAM, List.of(name))
              .of(batch, 2, new int[] {1}, new int[] {0}, new int[] {2}, logits);
      ModelCard.Layer layer = model.card().layer(name);
      int cells = layer.height() * layer.width();
      int channels = layer.channels();
      float[] both = model.activations(batch, 2, name);
      double[] scores = new double[channels];
      for (int k = 0; k < channels; k++) {
        float[] channel = new float[cells];
        for (int i = 0; i < cells; i++) {
          channel[i] = both[(cells + i) * channels + k];
        }
        float[] seen = logitsThrough(new SaliencyMap(layer.height(), layer.width(), channel));
        scores[k] = (double) seen[0] - seen[2];
      }
      double sum = 0;
      for (double score : scores) {
        sum += Math.exp(score);
      }
      double[] want = new double[cells];
      for (int k = 0; k < channels; k++) {
        for (int i = 0; i < cells; i++) {
          want[i] += Math.exp(scores[k]) / sum * both[(cells + i) * channels + k];
        }
      }
      assertClose(answer.map(0, name), want);
      assertThat(answer.score(0)).isEqualTo(logits.logits(1)[0] - logits.logits(1)[2]);
    }
  }

  @Test
  void layersGiveWhatTheirOwnActivationsSay() {
    for (String name : List.of(FIRST, LAST)) {
      assertThat(model.takesActivations(name)).isTrue();
      float[] same = model.logitsOf(batch, 2, name, model.activations(batch, 2, name));
      for (int image = 0; image < 2; image++) {
        for (int k = 0; k < 3; k++) {
          assertThat(same[3 * image + k]).isCloseTo(logits.logits(image)[k], within(1e-5f));
        }
      }
    }
    assertThat(ChannelMethod.SCORECAM.passes(List.of(FIRST, LAST), model.card())).isEqualTo(8 + 12);
  }

  /** The logits of the second picture seen through a map, drawn by another class. */
  private float[] logitsThrough(SaliencyMap map) {
    Placement same = new Placement(0, 0, 1, 1, SIDE, SIDE);
    float[] mask = OverlayRenderer.upsample(map, SIDE, SIDE, same);
    float least = 1;
    float greatest = 0;
    for (float value : mask) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    float[] picture = batch.get(1).values().clone();
    for (int i = 0; i < picture.length; i++) {
      picture[i] *= greatest > least ? (mask[i / 3] - least) / (greatest - least) : 0;
    }
    try (InputBatch masked = model.newBatch()) {
      masked.set(0, picture);
      return model.logits(masked, 1).logits(0);
    }
  }

  private static void assertClose(float[] map, double[] want) {
    double greatest = 0;
    for (double value : want) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    assertThat(greatest).isPositive();
    assertThat(map).hasSize(want.length);
    for (int i = 0; i < map.length; i++) {
      assertThat((double) map[i]).as("cell %d", i).isCloseTo(want[i], within(2e-5 * greatest));
    }
  }
}
