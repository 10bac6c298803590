package io.camaudit.strategy;

import io.camaudit.report.CsvTable;
import io.camaudit.report.ReportJson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of strategies. The same values are always the same bytes. */
public final class StrategyFiles {
  private static final List<String> COLUMNS = List.of("image", "strategy", "x", "y");

  private StrategyFiles() {}

  /** {@code strategies.json}. */
  public static byte[] json(Strategies strategies) {
    return ReportJson.document(strategies);
  }

  /** Reads {@code strategies.json}. */
  public static Strategies read(byte[] json) throws IOException {
    return ReportJson.mapper().readValue(json, Strategies.class);
  }

  /** A class's images, one a line. */
  public static byte[] csv(List<AssignedImage> images) {
    return CsvTable.of(COLUMNS, images.stream().map(StrategyFiles::row)::iterator);
  }

  private static Map<String, Object> row(AssignedImage image) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("image", image.image());
    row.put("strategy", image.strategy());
    row.put("x", image.x());
    row.put("y", image.y());
    return row;
  }

  /** Reads a class's images. */
  public static List<AssignedImage> images(byte[] csv) throws IOException {
    try {
      return CsvTable.read(csv, StrategyFiles::image);
    } catch (NumberFormatException e) {
      throw new IOException("it is no list of images with their strategies", e);
    }
  }

  private static AssignedImage image(Map<String, String> row) {
    return new AssignedImage(
        row.get("image"),
        Integer.parseInt(row.get("strategy")),
        coordinate(row.getOrDefault("x", "")),
        coordinate(row.getOrDefault("y", "")));
  }

  private static Double coordinate(String text) {
    return text.isEmpty() ? null : Double.valueOf(text);
  }
}
