package io.camaudit.page;

import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.LayerStatistics;
import io.camaudit.stats.Mean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** How a row's numbers change from layer to layer, as charts and as a table to show. */
final class DepthCurves {
  private static final Map<String, Function<LayerStatistics, Mean>> NUMBERS = new LinkedHashMap<>();

  static {
    NUMBERS.put("energyShare", LayerStatistics::energyShare);
    NUMBERS.put("lift", LayerStatistics::lift);
    NUMBERS.put("entropy", LayerStatistics::entropy);
  }

  private DepthCurves() {}

  /**
   * The curves of a class, or of the dataset.
   *
   * @param all the dataset's row, to compare with; null if the row is that
   * @return null of a run of one layer
   */
  static List<ClassData.Curve> of(ClassStatistics row, ClassStatistics all) {
    if (row.layers() == null) {
      return null;
    }
    List<ClassData.Curve> curves = new ArrayList<>();
    for (String field : fields(row)) {
      Glossary.Entry entry = Glossary.of(field);
      curves.add(
          new ClassData.Curve(
              entry.name(),
              entry.help(),
              entry.kind().equals("share"),
              entry.kind().equals("lift") ? 1.0 : null,
              row.layers().stream().map(layer -> point(layer, NUMBERS.get(field), all)).toList()));
    }
    return curves;
  }

  /** The dataset's curves for readers without scripts; null of a run of one layer. */
  static Overview.Depth table(ClassStatistics dataset) {
    if (dataset.layers() == null) {
      return null;
    }
    List<String> fields = fields(dataset);
    return new Overview.Depth(
        fields.stream().map(field -> Glossary.of(field).name()).toList(),
        dataset.layers().stream()
            .map(
                layer ->
                    new Overview.LayerRow(
                        layer.layer(),
                        fields.stream()
                            .map(field -> text(field, NUMBERS.get(field).apply(layer)))
                            .toList()))
            .toList());
  }

  /** Numbers that at least one layer has: without regions there is entropy alone. */
  private static List<String> fields(ClassStatistics row) {
    return NUMBERS.keySet().stream()
        .filter(field -> row.layers().stream().map(NUMBERS.get(field)).anyMatch(Objects::nonNull))
        .toList();
  }

  private static ClassData.Point point(
      LayerStatistics layer, Function<LayerStatistics, Mean> number, ClassStatistics all) {
    Mean mean = number.apply(layer);
    Mean ofAll =
        all == null || all.layers() == null
            ? null
            : all.layers().stream()
                .filter(other -> other.layer().equals(layer.layer()))
                .map(number)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    double[] shown = mean == null ? null : Words.triple(mean);
    return new ClassData.Point(
        layer.layer(),
        shown == null ? null : shown[0],
        shown == null ? null : shown[1],
        shown == null ? null : shown[2],
        mean == null ? 0 : mean.count(),
        ofAll == null ? null : Words.round(ofAll.mean()));
  }

  private static String text(String field, Mean mean) {
    if (mean == null) {
      return "–";
    }
    return Glossary.of(field).kind().equals("share")
        ? Words.percent(mean.mean())
        : Words.number(mean.mean());
  }
}
