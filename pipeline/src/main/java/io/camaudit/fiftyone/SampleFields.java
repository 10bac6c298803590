package io.camaudit.fiftyone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camaudit.report.Attention;
import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageProperties;
import io.camaudit.report.ImageReport;
import io.camaudit.report.RegionFit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The plain fields of a sample, called as the Parquet columns are. A field that an image lacks is
 * left out.
 */
final class SampleFields {
  /** A field of its own and where it comes from; a value is a text, a number or a truth. */
  private record Field(
      String name, FieldType type, String description, Function<ImageReport, Object> value) {}

  private static final List<Field> ALL = new ArrayList<>();

  static {
    text("image", "path below the audit's input", ImageReport::image);
    text("status", "how explaining it ended", report -> report.status().name());
    text("reason", "why it failed", ImageReport::reason);
    truth("correct", "whether the prediction is the label", ImageReport::correct);
    text(
        "verdict",
        "whether it was right, and whether for the right reasons",
        report -> report.verdict() == null ? null : report.verdict().name());
    text(
        "explained",
        "class that the heatmap explains",
        first(explanation -> explanation.targetName()));
    text("method", "of the heatmap", first(Explanation::method));
    text("layer", "of the heatmap", first(Explanation::layer));
    region("region_lift", "energy on the region over its area; 1 is chance", RegionFit::lift);
    region("region_energy_share", "energy on the region", RegionFit::energyShare);
    region("region_iou", "of heatmap's box and region", RegionFit::iou);
    truth(
        "region_pointing_hit",
        "whether the heatmap's peak lies on the region",
        first(e -> e.region() == null ? null : e.region().pointingHit()));
    attention("entropy", "0 one cell, 1 uniform", Attention::entropy);
    attention("border_lift", "energy along the edges over their area", Attention::borderLift);
    attention("corner_lift", "energy in the corners over their area", Attention::cornerLift);
    property("file_brightness", "mean luma", ImageProperties::brightness);
    property("file_contrast", "standard deviation of the luma", ImageProperties::contrast);
    property("file_warmth", "red less blue", ImageProperties::warmth);
    property("file_tint", "green less red and blue", ImageProperties::tint);
    property("file_sharpness", "difference of neighbours", ImageProperties::sharpness);
    property("file_jpeg_quality", "1 to 100", ImageProperties::jpegQuality);
  }

  private SampleFields() {}

  static void declare(ArrayNode fields) {
    ALL.forEach(field -> fields.add(field.type.declare(field.name, field.name, field.description)));
  }

  static void put(ObjectNode sample, ImageReport report) {
    for (Field field : ALL) {
      Object value = field.value.apply(report);
      if (value instanceof Boolean truth) {
        sample.put(field.name, truth);
      } else if (value instanceof Number number) {
        sample.put(field.name, number.doubleValue());
      } else if (value != null) {
        sample.put(field.name, value.toString());
      }
    }
  }

  /** The class that an image counts for; null for images of several and of none. */
  static ClassRef ownClass(ImageReport report) {
    if (report.classes() != null) {
      return null;
    }
    return report.label() != null || report.predictions().isEmpty()
        ? report.label()
        : new ClassRef(
            report.predictions().get(0).index(),
            report.predictions().get(0).id(),
            report.predictions().get(0).name());
  }

  private static void text(String name, String description, Function<ImageReport, Object> value) {
    ALL.add(new Field(name, FieldType.TEXT, description, value));
  }

  private static void truth(String name, String description, Function<ImageReport, Object> value) {
    ALL.add(new Field(name, FieldType.TRUTH, description, value));
  }

  private static void number(String name, String description, Function<ImageReport, Object> value) {
    ALL.add(new Field(name, FieldType.NUMBER, description, value));
  }

  private static void region(String name, String description, Function<RegionFit, Object> value) {
    number(
        name,
        description,
        first(each -> each.region() == null ? null : value.apply(each.region())));
  }

  private static void attention(
      String name, String description, Function<Attention, Object> value) {
    number(
        name,
        description,
        first(each -> each.attention() == null ? null : value.apply(each.attention())));
  }

  private static void property(
      String name, String description, Function<ImageProperties, Object> value) {
    number(
        name,
        description,
        report -> {
          ImageFile file = report.file();
          return file == null || file.properties() == null ? null : value.apply(file.properties());
        });
  }

  private static Function<ImageReport, Object> first(Function<Explanation, Object> value) {
    return report -> report.first() == null ? null : value.apply(report.first());
  }
}
