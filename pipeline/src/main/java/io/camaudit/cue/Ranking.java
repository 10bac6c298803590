package io.camaudit.cue;

import io.camaudit.First;
import io.camaudit.report.CsvTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The images that have most of a cue; only those that are written stay in memory. */
final class Ranking {
  private static final List<String> COLUMNS = List.of("image", "score", "set", "made", "predicted");

  private final First<Scored> first;

  Ranking(int most) {
    this.first = new First<>(most, Scored.ORDER);
  }

  void offer(Scored image) {
    first.offer(image);
  }

  byte[] csv() {
    return CsvTable.of(COLUMNS, first.list().stream().map(Ranking::row).toList());
  }

  private static Map<String, Object> row(Scored image) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("image", image.image());
    row.put("score", image.score());
    row.put("set", image.inSet());
    row.put("made", image.made());
    row.put("predicted", image.predicted() == null ? null : image.predicted().name());
    return row;
  }
}
