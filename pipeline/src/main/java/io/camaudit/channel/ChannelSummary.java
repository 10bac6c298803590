package io.camaudit.channel;

import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums up what channels gave to the images of a run. The files are read twice: first the channels
 * are found that carry each class, then only those are looked at closely. So memory holds one
 * number for each channel of each class, and no vectors but one image's.
 */
public final class ChannelSummary {
  /** Channels of a class that are looked at closely. */
  public static final int MOST = 6;

  private long images;
  private final SortedMap<Integer, ClassSums> classes = new TreeMap<>();
  private final SortedMap<Integer, TopImages> liked = new TreeMap<>();
  private final VectorShape shape;

  private ChannelSummary(VectorShape shape) {
    this.shape = shape;
  }

  /**
   * Writes {@code channels.json} into the folder of a run; nothing if the run has no channels.
   *
   * @param layer whose channels they are
   */
  public static void write(RunFolder run, String layer) {
    try {
      Optional<ChannelFiles> files = ChannelFiles.of(run);
      if (files.isPresent()) {
        run.write(RunFolder.CHANNELS, of(files.get(), layer).json());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ChannelReport of(ChannelFiles files, String layer) throws IOException {
    ChannelSummary summary = new ChannelSummary(files.shape());
    new MeanShares(files)
        .top(MOST)
        .forEach(
            (index, top) -> {
              summary.classes.put(index, new ClassSums(top));
              top.forEach(channel -> summary.liked.put(channel, new TopImages(channel)));
            });
    files.forEach(summary::add);
    return new ChannelReport(
        ChannelReport.SCHEMA,
        layer,
        files.channels(),
        summary.images,
        summary.classes.values().stream().map(ClassSums::result).toList(),
        summary.liked.values().stream().map(TopImages::result).toList());
  }

  private void add(ImageReport report, ChannelVectors vectors) {
    images++;
    Explanation first = report.first();
    // An image whose map is empty has a region and no numbers of it.
    boolean compared = vectors.inside() != null && first.region() != null;
    Double area = compared ? (Double) first.region().areaShare() : null;
    classes.get(vectors.target()).add(first.target(), vectors, area);
    liked.values().forEach(top -> top.offer(report.image(), first.target(), vectors, shape));
  }
}
