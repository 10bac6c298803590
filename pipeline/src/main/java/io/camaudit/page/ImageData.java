package io.camaudit.page;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.report.Attention;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageReport;
import io.camaudit.report.Prediction;
import io.camaudit.report.RegionFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One image for the browser.
 *
 * @param photo the photograph's copy, relative to the page; null if there is none
 * @param overlay in the photograph's stead, relative to the page; null with a photograph or if
 *     there is none
 * @param record the full report, relative to the page; null if there is none
 * @param width of the upright photograph; null if unknown
 * @param regions closed rings in fractions of the photograph; null without a region
 */
record ImageData(
    String name,
    String photo,
    String overlay,
    @JsonProperty("record") String fullReport,
    Integer width,
    Integer height,
    String status,
    String reason,
    String label,
    String verdict,
    List<Guess> top,
    List<Shown> explanations,
    List<double[]> regions) {

  /** A prediction; {@code label} is true for the label, else null. */
  record Guess(String name, double probability, Boolean label) {}

  /**
   * One map.
   *
   * @param frame left, top, right and bottom of the map in fractions of the photograph
   */
  record Shown(
      String method,
      String layer,
      String target,
      String why,
      Float score,
      String status,
      MapData map,
      double[] frame,
      Attention attention,
      RegionFit region) {}

  static ImageData of(
      ImageReport report,
      String photo,
      String overlay,
      String fullReport,
      RegionOutline outline,
      MapFrame frame) {
    ImageFile file = report.file();
    Integer width = file == null ? null : file.width();
    Integer height = file == null ? null : file.height();
    double[] edges =
        width == null || height == null
            ? new double[] {0, 0, 1, 1}
            : array(frame.on(width, height));
    List<Shown> shown = new ArrayList<>();
    for (Explanation explanation : report.explanations()) {
      shown.add(shown(explanation, edges, frame.cells(explanation.layer())));
    }
    return new ImageData(
        report.image(),
        photo,
        overlay,
        fullReport,
        width,
        height,
        Words.lower(report.status()),
        report.reason(),
        report.label() == null ? null : report.label().name(),
        report.verdict() == null ? null : report.verdict().name(),
        report.predictions().stream().map(p -> guess(report, p)).toList(),
        shown,
        outline == null ? null : outline.rings().stream().map(ImageData::rounded).toList());
  }

  /** The same with no other map than the first. */
  ImageData withFirstMap() {
    return new ImageData(
        name,
        photo,
        overlay,
        fullReport,
        width,
        height,
        status,
        reason,
        label,
        verdict,
        top,
        explanations.subList(0, Math.min(1, explanations.size())),
        regions);
  }

  private static Guess guess(ImageReport report, Prediction prediction) {
    boolean label =
        report.label() != null
            && Objects.equals(report.label().index(), Integer.valueOf(prediction.index()));
    return new Guess(prediction.name(), Words.round(prediction.probability()), label ? true : null);
  }

  private static Shown shown(Explanation explanation, double[] edges, MapFrame.Cells cells) {
    return new Shown(
        explanation.method(),
        explanation.layer(),
        explanation.targetName(),
        Words.lower(explanation.why()),
        explanation.score(),
        explanation.status().name(),
        MapData.of(explanation.map(), cells),
        edges,
        explanation.attention(),
        explanation.region());
  }

  static double[] array(MapFrame.Edges edges) {
    return new double[] {edges.left(), edges.top(), edges.right(), edges.bottom()};
  }

  private static double[] rounded(double[] ring) {
    return Arrays.stream(ring).map(Words::round).toArray();
  }
}
