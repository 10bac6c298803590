package io.camaudit.fiftyone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camaudit.Sha256;
import io.camaudit.report.ClassOutcome;
import io.camaudit.report.ImageReport;
import io.camaudit.report.Prediction;
import java.util.List;
import java.util.Locale;

/** An image's labels, predictions and regions as FiftyOne has them. */
final class Labels {
  private static final int ID_DIGITS = 24;

  private final String image;

  Labels(String image) {
    this.image = image;
  }

  /** An identifier that depends on the image and on what it is for alone. */
  ObjectNode id(String of) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("$oid", Sha256.hex(image + "\n" + of).substring(0, ID_DIGITS));
  }

  private ObjectNode label(String of, FieldType type) {
    ObjectNode label = JsonNodeFactory.instance.objectNode();
    label.set("_id", id(of));
    label.put("_cls", type.className());
    label.putArray("tags");
    return label;
  }

  private ObjectNode classification(String of, String name, Float probability) {
    ObjectNode label = label(of, FieldType.CLASSIFICATION);
    label.put("label", name);
    if (probability != null) {
      label.put("confidence", probability);
    }
    return label;
  }

  /** {@code ground_truth} and {@code prediction}, one of each or several, and the likeliest. */
  void put(ObjectNode sample, ImageReport report) {
    if (report.classes() != null) {
      ArrayNode labels = several(sample, "ground_truth");
      ArrayNode predicted = several(sample, "prediction");
      for (ClassOutcome outcome : report.classes()) {
        String name = outcome.classRef().name();
        if (Boolean.TRUE.equals(outcome.labelled())) {
          labels.add(judged(classification("label " + name, name, null), outcome));
        }
        if (Boolean.TRUE.equals(outcome.predicted())) {
          predicted.add(
              judged(classification("prediction " + name, name, outcome.probability()), outcome));
        }
      }
    } else {
      if (report.label() != null) {
        sample.set("ground_truth", classification("label", report.label().name(), null));
      }
      if (!report.predictions().isEmpty()) {
        Prediction first = report.predictions().get(0);
        sample.set("prediction", classification("prediction", first.name(), first.probability()));
      }
    }
    ArrayNode likeliest = several(sample, "likeliest");
    for (Prediction each : report.predictions()) {
      likeliest.add(classification("likeliest " + each.index(), each.name(), each.probability()));
    }
  }

  private static ArrayNode several(ObjectNode sample, String field) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.put("_cls", FieldType.CLASSIFICATIONS.className());
    sample.set(field, all);
    return all.putArray("classifications");
  }

  /** With the verdict of a multi-label model's class as a tag. */
  private static ObjectNode judged(ObjectNode label, ClassOutcome outcome) {
    if (outcome.verdict() != null) {
      ((ArrayNode) label.get("tags")).add(tag(outcome.verdict()));
    }
    return label;
  }

  /** {@code right-for-wrong-reasons}. */
  static String tag(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  ObjectNode heatmap(String path) {
    ObjectNode label = label("heatmap", FieldType.HEATMAP);
    label.put("map_path", path);
    label.putArray("range").add(0.0).add(255.0);
    return label;
  }

  /**
   * A region's closed rings.
   *
   * @param number of the region, among the image's
   * @param rings {@code x0, y0, x1, y1, ...}, fractions of the photograph
   */
  ObjectNode region(int number, String name, List<double[]> rings) {
    ObjectNode label = label("region " + number, FieldType.POLYLINES);
    label.put("_cls", "Polyline");
    label.putObject("attributes");
    label.put("label", name);
    ArrayNode points = label.putArray("points");
    for (double[] ring : rings) {
      ArrayNode shape = points.addArray();
      for (int i = 0; i + 1 < ring.length; i += 2) {
        shape.addArray().add(ring[i]).add(ring[i + 1]);
      }
    }
    label.put("closed", true);
    label.put("filled", true);
    return label;
  }
}
