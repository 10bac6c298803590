package io.camaudit.job;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camaudit.channel.ChannelBlock;
import io.camaudit.channel.ChannelFiles;
import io.camaudit.input.ImageBlock;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ReportJson;
import io.camaudit.storage.FilesInTurn;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.TemporaryFiles;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The files that blocks leave: what they counted and their failures, which wait below {@code
 * unfinished/} for the run's end, what channels gave, and last their records, whose file says that
 * the block is done.
 */
final class BlockFiles {
  private static final String PART = "part-%05d";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<TreeMap<String, Long>> COUNTS = new TypeReference<>() {};

  private final RunFolder folder;

  BlockFiles(RunFolder folder) {
    this.folder = folder;
  }

  /** Writes what a block came to; once the last file is there, nobody computes it again. */
  void write(int block, BlockTally tally) throws IOException {
    folder.write(countsFile(block), JSON.writeValueAsBytes(tally.counts()));
    if (tally.failures().length > 0) {
      folder.write(failures(block), tally.failures());
    }
    tally.channels().ifPresent(bytes -> folder.write(ChannelFiles.name(block), bytes));
    folder.write(records(block), tally.records());
  }

  /** Numbers of the blocks whose records are there. */
  Set<Integer> done() throws IOException {
    Set<Integer> done = new TreeSet<>();
    for (String name : folder.list(RecordFile.FOLDER).keySet()) {
      if (name.matches("part-\\d{5,}\\.jsonl")) {
        done.add(Integer.parseInt(name.substring("part-".length(), name.indexOf('.'))));
      }
    }
    return done;
  }

  /** Whether a block's records are there. */
  boolean isDone(int block) throws IOException {
    return folder.has(records(block));
  }

  /** What is done with a report and the line that it stands in, counted from 0. */
  @FunctionalInterface
  interface RecordVisitor {
    void visit(int number, byte[] line, ImageReport report);
  }

  /**
   * Hands over some of a block's reports.
   *
   * @param wanted numbers of their lines, in ascending order
   */
  void readRecords(int block, Iterable<Integer> wanted, RecordVisitor visitor) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(folder.stream(records(block)), StandardCharsets.UTF_8))) {
      int number = 0;
      for (int next : wanted) {
        String line;
        do {
          line = lines.readLine();
        } while (line != null && number++ < next);
        if (line == null) {
          throw new EOFException(folder.locate(records(block)) + " ends early");
        }
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        visitor.visit(next, bytes, ReportJson.report(bytes));
      }
    }
  }

  /** What channels gave to a block's images; empty if the run has nothing of the kind for it. */
  Optional<ChannelBlock> readChannels(int block) throws IOException {
    try {
      return Optional.of(ChannelBlock.read(folder.read(ChannelFiles.name(block))));
    } catch (NoSuchFileException | FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** What a block counted, by the names of {@link RunMetrics}. */
  Map<String, Long> counts(int block) throws IOException {
    return JSON.readValue(folder.read(countsFile(block)), COUNTS);
  }

  /** Hands over each block with what it counted. */
  void forEachCounts(List<ImageBlock> blocks, BiConsumer<ImageBlock, Map<String, Long>> visitor)
      throws IOException {
    List<String> names = blocks.stream().map(block -> countsFile(block.number())).toList();
    try (FilesInTurn files = folder.inTurn(names)) {
      for (ImageBlock block : blocks) {
        try (InputStream file = files.next()) {
          visitor.accept(block, JSON.readValue(file, COUNTS));
        }
      }
    }
  }

  /** Writes the failures of all blocks in their order into one file, which is empty without any. */
  void writeFailures(List<ImageBlock> blocks) throws IOException {
    Set<String> parts = folder.list(RunFolder.UNFINISHED + "/failures").keySet();
    List<String> names =
        blocks.stream()
            .map(block -> failures(block.number()))
            .filter(name -> parts.contains(name.substring(name.lastIndexOf('/') + 1)))
            .toList();
    Path all = TemporaryFiles.file("failures", ".jsonl");
    try {
      try (OutputStream out = Files.newOutputStream(all);
          FilesInTurn files = folder.inTurn(names)) {
        while (files.hasNext()) {
          try (InputStream file = files.next()) {
            file.transferTo(out);
          }
        }
      }
      folder.copy(all, RunFolder.FAILURES);
    } finally {
      Files.delete(all);
    }
  }

  private static String countsFile(int block) {
    return name(RunFolder.UNFINISHED + "/counts/", block, ".json");
  }

  private static String failures(int block) {
    return name(RunFolder.UNFINISHED + "/failures/", block, ".jsonl");
  }

  private static String records(int block) {
    return name(RecordFile.FOLDER + "/", block, ".jsonl");
  }

  private static String name(String folder, int block, String suffix) {
    return folder + String.format(Locale.ROOT, PART, block) + suffix;
  }
}
