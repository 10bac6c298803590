package io.camaudit.parquet;

import static io.camaudit.parquet.ColumnType.INTEGER;
import static io.camaudit.parquet.ColumnType.LONG;
import static io.camaudit.parquet.ColumnType.LONG_REAL;
import static io.camaudit.parquet.ColumnType.REAL;
import static io.camaudit.parquet.ColumnType.REALS;
import static io.camaudit.parquet.ColumnType.TEXT;
import static io.camaudit.parquet.ColumnType.TRUTH;

import io.camaudit.report.Attention;
import io.camaudit.report.ClassOutcome;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageProperties;
import io.camaudit.report.ImageReport;
import io.camaudit.report.Prediction;
import io.camaudit.report.RawMap;
import io.camaudit.report.RegionFit;
import io.camaudit.savedmodel.ModelKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table's columns in their order: the image, the explanation, its map, its numbers. */
final class ExplanationColumns {
  static final List<Column<Row>> ALL = all();

  private ExplanationColumns() {}

  private static List<Column<Row>> all() {
    List<Column<Row>> all = new ArrayList<>();
    image(new Column.Part<>(all, "", Row::report));
    new Column.Part<>(all, "", row -> row).column("explanation", INTEGER, Row::number);
    Column.Part<Row, Explanation> explanation = new Column.Part<>(all, "", Row::explanation);
    explanation(explanation);
    outcome(new Column.Part<>(all, "target_", Row::outcome));
    map(explanation.part("map", Explanation::map));
    attention(explanation.part("", Explanation::attention));
    region(explanation.part("region_", Explanation::region));
    return List.copyOf(all);
  }

  private static void image(Column.Part<Row, ImageReport> report) {
    report
        .always("image", TEXT, ImageReport::image)
        .always("model_kind", TEXT, ExplanationColumns::kind)
        .always("status", TEXT, ImageReport::status)
        .column("reason", TEXT, ImageReport::reason);
    ClassColumns.add(report.part("label_", ImageReport::label));
    report
        .part("", ExplanationColumns::best)
        .column("predicted_index", INTEGER, Prediction::index)
        .column("predicted_id", TEXT, Prediction::id)
        .column("predicted_name", TEXT, Prediction::name)
        .column("confidence", REAL, Prediction::probability);
    report
        .column("correct", TRUTH, ImageReport::correct)
        .column("verdict", TEXT, ImageReport::verdict);
    report
        .part("file_", ImageReport::file)
        .column("format", TEXT, ImageFile::format)
        .column("width", INTEGER, ImageFile::width)
        .column("height", INTEGER, ImageFile::height)
        .column("orientation", INTEGER, ImageFile::orientation)
        .column("bytes", LONG, ImageFile::bytes)
        .column("sha256", TEXT, ImageFile::sha256)
        .part("file_", ImageFile::properties)
        .column("brightness", LONG_REAL, ImageProperties::brightness)
        .column("contrast", LONG_REAL, ImageProperties::contrast)
        .column("warmth", LONG_REAL, ImageProperties::warmth)
        .column("tint", LONG_REAL, ImageProperties::tint)
        .column("sharpness", LONG_REAL, ImageProperties::sharpness)
        .column("jpeg_quality", INTEGER, ImageProperties::jpegQuality);
  }

  private static Prediction best(ImageReport report) {
    return report.predictions().isEmpty() ? null : report.predictions().get(0);
  }

  private static void explanation(Column.Part<Row, Explanation> explanation) {
    explanation
        .column("method", TEXT, Explanation::method)
        .column("layer", TEXT, Explanation::layer);
    ClassColumns.add(explanation.part("target_", Explanation::target));
    explanation
        // As in the JSON form.
        .column("why", TEXT, e -> e.why().name().toLowerCase(Locale.ROOT))
        .column("score", REAL, Explanation::score)
        .column("explanation_status", TEXT, Explanation::status)
        .column("overlay", TEXT, Explanation::overlay);
  }

  private static String kind(ImageReport report) {
    return (report.kind() == null ? ModelKind.SINGLE_LABEL : report.kind()).toString();
  }

  private static void outcome(Column.Part<Row, ClassOutcome> outcome) {
    outcome
        .column("probability", REAL, ClassOutcome::probability)
        .column("predicted", TRUTH, ClassOutcome::predicted)
        .column("labelled", TRUTH, ClassOutcome::labelled)
        .column("verdict", TEXT, ClassOutcome::verdict);
  }

  private static void map(Column.Part<Row, RawMap> map) {
    map.column("_height", INTEGER, RawMap::height)
        .column("_width", INTEGER, RawMap::width)
        .column("_min", REAL, RawMap::min)
        .column("_max", REAL, RawMap::max)
        .column("", REALS, RawMap::values);
  }

  private static void attention(Column.Part<Row, Attention> attention) {
    attention
        .column("entropy", LONG_REAL, Attention::entropy)
        .column("gini", LONG_REAL, Attention::gini)
        .column("effective_area", LONG_REAL, Attention::effectiveArea)
        .column("centre_x", LONG_REAL, Attention::centreX)
        .column("centre_y", LONG_REAL, Attention::centreY)
        .column("dispersion", LONG_REAL, Attention::dispersion)
        .column("border_share", LONG_REAL, Attention::borderShare)
        .column("border_lift", LONG_REAL, Attention::borderLift)
        .column("corner_share", LONG_REAL, Attention::cornerShare)
        .column("corner_lift", LONG_REAL, Attention::cornerLift)
        .column("peak_x", LONG_REAL, Attention::peakX)
        .column("peak_y", LONG_REAL, Attention::peakY);
  }

  private static void region(Column.Part<Row, RegionFit> region) {
    region
        .column("area_share", LONG_REAL, RegionFit::areaShare)
        .column("energy_share", LONG_REAL, RegionFit::energyShare)
        .column("lift", LONG_REAL, RegionFit::lift)
        .column("pointing_hit", TRUTH, RegionFit::pointingHit)
        .column("rank_accuracy", LONG_REAL, RegionFit::rankAccuracy)
        .column("iou", LONG_REAL, RegionFit::iou);
  }
}
