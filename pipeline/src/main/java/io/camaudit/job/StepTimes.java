package io.camaudit.job;

import io.camaudit.Sha256;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.image.DecodedImage;
import io.camaudit.image.ImageDecoder;
import io.camaudit.image.ImageEncoder;
import io.camaudit.image.JpegQuality;
import io.camaudit.image.MapPictures;
import io.camaudit.image.OverlayStyle;
import io.camaudit.image.RgbImage;
import io.camaudit.image.SaliencyMap;
import io.camaudit.image.TitledMap;
import io.camaudit.measure.AttentionMeasure;
import io.camaudit.measure.PropertyMeasure;
import io.camaudit.savedmodel.BatchExplanation;
import io.camaudit.savedmodel.ExplainableModel;
import io.camaudit.savedmodel.InputBatch;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.Placement;
import io.camaudit.storage.ImageReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times what an audit does with each image, step by step on one thread: the work that has to hide
 * behind the model. The steps are those of the audit, called one after another; what holds them
 * together (batches, queues, the runner) and a report's lesser parts are not in it.
 */
final class StepTimes {
  private final ExplainableModel model;
  private final Path output;
  private final Map<String, Long> nanos = new LinkedHashMap<>();
  private long since;

  StepTimes(ExplainableModel model, Path output) {
    this.model = model;
    this.output = output;
  }

  /**
   * Milliseconds an image of each step, in the audit's order, after a round of warm-up. Pictures
   * that cannot be decoded are left out.
   */
  Map<String, Double> milliseconds(List<Path> images) throws Exception {
    round(images);
    nanos.clear();
    int timed = round(images);
    Map<String, Double> steps = new LinkedHashMap<>();
    nanos.forEach((step, total) -> steps.put(step, total / 1e6 / timed));
    return steps;
  }

  private int round(List<Path> images) throws Exception {
    ExplainSettings settings = ExplainSettings.of("");
    ImageReader reader = new ImageReader(settings.limits().maxBytes());
    OverlayStyle style = OverlayStyle.defaults();
    MapPictures pictures = new MapPictures(style);
    ModelCard card = model.card();
    ModelCard.Layer layer = card.layer(card.defaultLayer());
    Files.createDirectories(output);
    int timed = 0;
    try (ImageDecoder decoder = new ImageDecoder(settings.limits(), true);
        ImageEncoder encoder = new ImageEncoder();
        InputBatch batch = model.newBatch()) {
      for (Path image : images) {
        since = System.nanoTime();
        byte[] file = reader.read(image.toString());
        took("read");
        Sha256.hex(file);
        took("hash");
        DecodedImage decoded = decoder.decode(file);
        took("decode");
        RgbImage photo = decoded.image();
        PropertyMeasure.of(photo, JpegQuality.of(file));
        took("properties");
        model.preprocess(photo.rgb(), photo.width(), photo.height(), batch, 0);
        took("preprocess");
        RgbImage base = pictures.scaleDown(photo);
        took("scale down");
        BatchExplanation answer =
            model.explain(
                batch,
                1,
                new int[] {0},
                new int[] {-1},
                card.methods().get(0).name(),
                List.of(card.defaultLayer()));
        float[] map = answer.map(0, card.defaultLayer());
        took("model, one image a call");
        AttentionMeasure.of(map, layer.height(), layer.width());
        took("measure");
        Placement placement =
            card.input()
                .on(photo.width(), photo.height())
                .resized(
                    (double) base.width() / photo.width(), (double) base.height() / photo.height());
        SaliencyMap saliency = new SaliencyMap(layer.height(), layer.width(), map);
        RgbImage overlay = pictures.one(base, new TitledMap(saliency, List.of()), placement);
        took("blend");
        byte[] encoded = encoder.encode(overlay, style.format(), style.quality());
        took("encode");
        Files.write(output.resolve(timed + ".jpg"), encoded);
        took("write the overlay");
        timed++;
      }
    }
    return timed;
  }

  private void took(String step) {
    long now = System.nanoTime();
    nanos.merge(step, now - since, Long::sum);
    since = System.nanoTime();
  }
}
