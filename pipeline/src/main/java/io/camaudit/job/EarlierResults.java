package io.camaudit.job;

import io.camaudit.channel.ChannelBlock;
import io.camaudit.channel.ChannelFiles;
import io.camaudit.channel.ChannelVectors;
import io.camaudit.channel.VectorShape;
import io.camaudit.explain.ImageExplainer;
import io.camaudit.explain.ImageJudge.Standing;
import io.camaudit.input.ImageBlock;
import io.camaudit.input.ImageRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.storage.ReadAhead;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StorageReason;
import io.camaudit.storage.WriteBehind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes results of an earlier run over, a block at a time: reports as they are, and the files that
 * they name. What is missing there, or may be otherwise by now, is left to be computed.
 */
final class EarlierResults {
  private static final Logger LOG = LoggerFactory.getLogger(EarlierResults.class);

  private final EarlierRun run;
  private final RunFolder folder;
  private final ImageExplainer explainer;
  private final long bytesUnderWay;

  /**
   * @param folder of the run that takes over
   * @param bytesUnderWay bytes that may be on their way at a time where files have to be copied
   */
  EarlierResults(EarlierRun run, RunFolder folder, ImageExplainer explainer, long bytesUnderWay) {
    this.run = run;
    this.folder = folder;
    this.explainer = explainer;
    this.bytesUnderWay = bytesUnderWay;
  }

  /**
   * What a block takes over.
   *
   * @param images whose results these are
   * @param result the same as if they had been explained, but for the times
   */
  record Taken(List<ImageRef> images, ImageExplainer.Result result) {}

  /**
   * @param vectors null for an image without
   */
  private record Earlier(
      ImageRef image, ImageReport report, byte[] line, Standing standing, ChannelVectors vectors) {
    List<String> overlays() {
      return report.explanations().stream()
          .map(Explanation::overlay)
          .filter(Objects::nonNull)
          .toList();
    }
  }

  /**
   * Takes over what holds of a block.
   *
   * @param images the block's
   * @param writing what has to be copied; the caller waits for its end
   */
  Taken take(ImageBlock block, List<ImageRef> images, WriteBehind writing) throws IOException {
    long start = System.nanoTime();
    List<Earlier> found = find(images, UnfinishedRun.unchanged(folder, block));
    List<Earlier> taken = takeFiles(found, writing);
    int misfits =
        (int) taken.stream().filter(e -> e.standing == Standing.HOLDS_FOR_A_MISFIT).count();
    return new Taken(
        taken.stream().map(Earlier::image).toList(),
        new ImageExplainer.Result(
            taken.stream().map(Earlier::report).toList(),
            taken.stream().map(Earlier::line).toList(),
            Arrays.asList(taken.stream().map(Earlier::vectors).toArray(ChannelVectors[]::new)),
            0,
            misfits,
            0,
            0,
            System.nanoTime() - start));
  }

  /** The earlier reports that hold, in the order of the images. */
  private List<Earlier> find(List<ImageRef> images, List<Long> unchanged) {
    Map<Integer, SortedMap<Integer, ImageRef>> byFile = new TreeMap<>();
    for (int i = 0; i < images.size(); i++) {
      if (unchanged.get(i) >= 0) {
        int length = run.blockLength();
        byFile
            .computeIfAbsent((int) (unchanged.get(i) / length), file -> new TreeMap<>())
            .put((int) (unchanged.get(i) % length), images.get(i));
      }
    }
    BlockFiles files = new BlockFiles(run.folder());
    SortedMap<Long, Earlier> found = new TreeMap<>();
    byFile.forEach(
        (file, wanted) -> {
          try {
            Optional<ChannelBlock> channels = channels(files, file);
            if (explainer.vectors().isPresent() && channels.isEmpty()) {
              throw new IOException("it does not have " + ChannelFiles.name(file));
            }
            files.readRecords(
                file,
                wanted.keySet(),
                (number, line, report) ->
                    add(
                        wanted.get(number),
                        line,
                        report,
                        channels.map(block -> block.get(number)).orElse(null),
                        found));
          } catch (IOException e) {
            LOG.warn(
                "results of {} are computed again: {}", run.folder().root(), StorageReason.of(e));
          }
        });
    return List.copyOf(found.values());
  }

  /** What channels gave to a block of the earlier run; empty if it is not wanted or of no use. */
  private Optional<ChannelBlock> channels(BlockFiles files, int block) throws IOException {
    Optional<VectorShape> wanted = explainer.vectors();
    return wanted.isEmpty()
        ? Optional.empty()
        : files.readChannels(block).filter(found -> found.shape().equals(wanted.get()));
  }

  private void add(
      ImageRef image,
      byte[] line,
      ImageReport report,
      ChannelVectors vectors,
      SortedMap<Long, Earlier> found) {
    if (image.name().equals(report.image())) {
      Standing standing = explainer.standing(image, report);
      if (standing != Standing.OPEN) {
        found.put(image.position(), new Earlier(image, report, line, standing, vectors));
      }
    }
  }

  private List<Earlier> takeFiles(List<Earlier> found, WriteBehind writing) {
    boolean shared = folder.local().isPresent() && run.folder().local().isPresent();
    return shared ? link(found) : copy(found, writing);
  }

  private List<Earlier> link(List<Earlier> found) {
    List<Earlier> taken = new ArrayList<>(found.size());
    for (Earlier earlier : found) {
      if (earlier.overlays().stream().allMatch(file -> folder.take(run.folder(), file, file))) {
        String report = RunFolder.reportOf(earlier.report.image());
        if (explainer.writesReports() && !folder.take(run.folder(), report, report)) {
          folder.write(report, earlier.line);
        }
        taken.add(earlier);
      }
    }
    return taken;
  }

  private List<Earlier> copy(List<Earlier> found, WriteBehind writing) {
    List<ReadAhead.Wanted> wanted = new ArrayList<>();
    for (Earlier earlier : found) {
      for (String overlay : earlier.overlays()) {
        // How long they are nobody has said; so many at a time are enough to keep storage busy.
        wanted.add(new ReadAhead.Wanted(run.folder().locate(overlay), bytesUnderWay / 16));
      }
    }
    List<Earlier> taken = new ArrayList<>(found.size());
    try (ReadAhead reading = new ReadAhead(explainer.reader(), wanted, bytesUnderWay)) {
      for (Earlier earlier : found) {
        boolean whole = true;
        for (String overlay : earlier.overlays()) {
          try {
            writing.write(overlay, reading.next());
          } catch (IOException e) {
            whole = false; // computed again, with all its overlays
          }
        }
        if (whole) {
          if (explainer.writesReports()) {
            writing.write(RunFolder.reportOf(earlier.report.image()), earlier.line);
          }
          taken.add(earlier);
        }
      }
    }
    return taken;
  }
}
