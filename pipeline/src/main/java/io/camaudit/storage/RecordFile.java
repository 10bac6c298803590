package io.camaudit.storage;

import io.camaudit.report.ImageReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Files of reports, one a line, in any storage that Beam knows. */
public final class RecordFile {
  /** The folder of a run that holds its record files. */
  public static final String FOLDER = "records";

  private RecordFile() {}

  /** All record files of a run in the listing's order, which is that of their names. */
  public static List<String> of(RunFolder run) throws IOException {
    return sizes(run).keySet().stream().toList();
  }

  /**
   * All record files of a run, dealt out so that the parts have about the same number of bytes; no
   * part if there are none.
   *
   * @param parts at most so many
   */
  public static List<List<String>> deal(RunFolder run, int parts) throws IOException {
    List<Map.Entry<String, Long>> files = new ArrayList<>(sizes(run).entrySet());
    files.sort(
        Map.Entry.<String, Long>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    List<List<String>> dealt = new ArrayList<>();
    long[] bytes = new long[parts];
    for (Map.Entry<String, Long> file : files) {
      int least = 0;
      for (int part = 1; part < parts; part++) {
        least = bytes[part] < bytes[least] ? part : least;
      }
      if (least == dealt.size()) {
        dealt.add(new ArrayList<>());
      }
      dealt.get(least).add(file.getKey());
      bytes[least] += Math.max(1, file.getValue());
    }
    return dealt;
  }

  private static SortedMap<String, Long> sizes(RunFolder run) throws IOException {
    SortedMap<String, Long> files = new TreeMap<>();
    run.list(FOLDER)
        .forEach(
            (name, bytes) -> {
              if (name.endsWith(".jsonl") && !name.startsWith(".")) {
                files.put(run.locate(FOLDER + "/" + name), bytes);
              }
            });
    return files;
  }

  /** Hands over each report of the files, one at a time. */
  public static void read(List<String> files, Consumer<ImageReport> reports) throws IOException {
    try (RecordReader records = new RecordReader(files)) {
      records.forEachRemaining(reports);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
