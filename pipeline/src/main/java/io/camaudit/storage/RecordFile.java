package io.camaudit.storage;

import io.camaudit.report.ImageReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.fs.MatchResult;

/** Files of reports, one a line, in any storage that Beam knows. */
public final class RecordFile {
  /** All record files of a run, below its folder. */
  public static final String PATTERN = "records/*.jsonl";

  private RecordFile() {}

  /** All record files of a run in the listing's order, which is that of their names. */
  public static List<String> of(RunFolder run) throws IOException {
    return StoredFiles.match(run.locate(PATTERN)).stream()
        .map(file -> file.resourceId().toString())
        .toList();
  }

  /**
   * The matching files, dealt out so that the parts have about the same number of bytes; no part if
   * nothing matches.
   *
   * @param parts at most so many
   */
  public static List<List<String>> match(String pattern, int parts) throws IOException {
    List<MatchResult.Metadata> files = new ArrayList<>(StoredFiles.match(pattern));
    files.sort(
        Comparator.comparingLong(MatchResult.Metadata::sizeBytes)
            .reversed()
            .thenComparing(file -> file.resourceId().toString()));
    List<List<String>> dealt = new ArrayList<>();
    long[] bytes = new long[parts];
    for (MatchResult.Metadata file : files) {
      int least = 0;
      for (int part = 1; part < parts; part++) {
        least = bytes[part] < bytes[least] ? part : least;
      }
      if (least == dealt.size()) {
        dealt.add(new ArrayList<>());
      }
      dealt.get(least).add(file.resourceId().toString());
      bytes[least] += Math.max(1, file.sizeBytes());
    }
    return dealt;
  }

  /** Hands over each report of a file, one at a time. */
  public static void read(String file, Consumer<ImageReport> reports) throws IOException {
    try (RecordReader records = new RecordReader(List.of(file))) {
      records.forEachRemaining(reports);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
