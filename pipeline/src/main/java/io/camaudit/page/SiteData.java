package io.camaudit.page;

import io.camaudit.image.Colormap;
import io.camaudit.proof.EvidenceLevel;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Flag;
import io.camaudit.stats.Grouping;
import io.camaudit.stats.Mean;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the browser needs before any class is opened: the content of {@code data/site.js}.
 *
 * @param colormaps 256 colours each, in hex, by name; viridis first
 * @param opacity of the heat when an image is opened
 * @param labelled whether rows are by label
 * @param regions whether any map was compared with a region
 * @param kind of the model
 * @param proved whether the run has a proof
 * @param accuracy of the dataset: value, low, high; null without labels
 * @param precision of a multi-label model's dataset, likewise; null for others
 * @param recall likewise
 * @param rightReason likewise; null without regions
 * @param curves of the dataset over the network's depth; null of a run of one layer
 * @param telling of each class that the first view leads with its most telling images, by key
 * @param regionNumbers what the numbers of a region's fit are called
 * @param attentionNumbers what the numbers of a map are called
 */
record SiteData(
    Map<String, String> colormaps,
    double opacity,
    boolean labelled,
    boolean regions,
    String kind,
    boolean proved,
    double[] accuracy,
    double[] precision,
    double[] recall,
    double[] rightReason,
    List<ClassData.Curve> curves,
    Map<String, List<Telling>> telling,
    Map<String, Glossary.Entry> regionNumbers,
    Map<String, Glossary.Entry> attentionNumbers,
    List<ClassRow> classes) {

  /**
   * A row of the table of classes.
   *
   * @param lift value, low, high
   * @param flags why the class is suspect
   * @param level of evidence, in a word, and its colour; null without a proof
   * @param suspicion place among the suspects, from 0; null for the others
   */
  record ClassRow(
      String key,
      String name,
      String id,
      long images,
      double[] accuracy,
      double[] precision,
      double[] recall,
      double[] rightReason,
      double[] lift,
      double[] borderLift,
      MapData map,
      List<String> flags,
      Level level,
      Integer suspicion) {}

  /**
   * An image that shows why a class is suspect.
   *
   * @param gallery where the class's page has it
   * @param image with its first map alone
   */
  record Telling(String gallery, ImageData image) {
    private static final int MOST = 4;

    /** The first images of a class's galleries, which are the most suspicious. */
    static List<Telling> of(List<ClassData.Shelf> shelves, List<ImageData> images) {
      List<Telling> first = new ArrayList<>();
      for (int i = 0; i < Math.min(MOST, images.size()); i++) {
        int position = i;
        shelves.stream()
            .filter(shelf -> shelf.images().contains(position))
            .findFirst()
            .ifPresent(
                shelf -> first.add(new Telling(shelf.id(), images.get(position).withFirstMap())));
      }
      return first;
    }
  }

  /** A level of evidence. */
  record Level(String name, String tone) {
    static Level of(EvidenceLevel level) {
      return new Level(Words.name(level), Words.tone(level));
    }
  }

  static SiteData of(
      DatasetStatistics statistics,
      ClassKeys keys,
      RunProofs proofs,
      Map<String, List<Telling>> telling,
      boolean regions,
      MapFrame frame,
      PageOptions options) {
    Map<String, List<Flag>> flags = flagsByKey(statistics, keys);
    List<String> suspects = List.copyOf(flags.keySet());
    List<ClassRow> rows = new ArrayList<>();
    for (ClassStatistics row : statistics.classes()) {
      String key = keys.of(row.classRef());
      Level level = proofs.level(key).map(Level::of).orElse(null);
      rows.add(
          row(
              row,
              key,
              flags.getOrDefault(key, List.of()),
              level,
              suspects.indexOf(key),
              frame.judged()));
    }
    ClassStatistics dataset = statistics.dataset();
    return new SiteData(
        colormaps(options.colormap()),
        options.opacity(),
        statistics.groupedBy() == Grouping.LABEL,
        regions,
        statistics.kind() == null ? null : statistics.kind().toString(),
        !proofs.isEmpty(),
        Words.triple(dataset.accuracy()),
        Words.triple(dataset.precision()),
        Words.triple(dataset.recall()),
        Words.triple(dataset.rightReasonRate()),
        DepthCurves.of(dataset, null),
        telling,
        Glossary.region(),
        Glossary.attention(),
        rows);
  }

  private static ClassRow row(
      ClassStatistics row,
      String key,
      List<Flag> flags,
      Level level,
      int place,
      MapFrame.Cells cells) {
    return new ClassRow(
        key,
        row.classRef().name(),
        row.classRef().id(),
        row.images(),
        Words.triple(row.accuracy()),
        Words.triple(row.precision()),
        Words.triple(row.recall()),
        Words.triple(row.rightReasonRate()),
        triple(row.numbers().get("lift")),
        triple(row.numbers().get("borderLift")),
        row.maps() == null ? null : MapData.of(row.maps().mean(), null, cells),
        flags.stream().map(flag -> Words.name(flag.kind())).toList(),
        level,
        place < 0 ? null : place);
  }

  private static double[] triple(Mean mean) {
    return mean == null ? null : Words.triple(mean);
  }

  /** The suspects in the order of their strongest flag. */
  static Map<String, List<Flag>> flagsByKey(DatasetStatistics statistics, ClassKeys keys) {
    Map<String, List<Flag>> flags = new LinkedHashMap<>();
    for (Flag flag : statistics.flags()) {
      flags.computeIfAbsent(keys.of(flag.classRef()), k -> new ArrayList<>()).add(flag);
    }
    return flags;
  }

  private static Map<String, String> colormaps(Colormap ofRun) {
    Map<String, String> tables = new LinkedHashMap<>();
    for (Colormap colormap : List.of(Colormap.VIRIDIS, ofRun)) {
      tables.putIfAbsent(colormap.toString(), HexFormat.of().formatHex(colormap.table()));
    }
    return tables;
  }
}
