package io.camaudit.cue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.camaudit.stats.StatisticsFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** The images that have most of a cue; only those that are written stay in memory. */
final class Ranking {
  private static final CsvMapper CSV =
      CsvMapper.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();
  private static final CsvSchema SCHEMA =
      CsvSchema.builder()
          .addColumn("image")
          .addColumn("score")
          .addColumn("set")
          .addColumn("made")
          .addColumn("predicted")
          .build()
          .withHeader()
          .withLineSeparator("\n");

  private final int most;
  private final TreeSet<Scored> first = new TreeSet<>(Scored.ORDER);

  Ranking(int most) {
    this.most = most;
  }

  void offer(Scored image) {
    first.add(image);
    if (first.size() > most) {
      first.pollLast();
    }
  }

  /** UTF-8, comma, LF. */
  byte[] csv() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator csv = CSV.getFactory().createGenerator(out)) {
      csv.setSchema(SCHEMA);
      for (Scored each : first) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("image", StatisticsFiles.safe(each.image()));
        row.put("score", each.score());
        row.put("set", each.inSet());
        row.put("made", each.made());
        row.put("predicted", StatisticsFiles.safe(each.predicted().name()));
        CSV.writeValue(csv, row);
      }
    }
    return out.toByteArray();
  }
}
