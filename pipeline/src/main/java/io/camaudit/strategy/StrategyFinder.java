package io.camaudit.strategy;

import io.camaudit.LeastHashes;
import io.camaudit.UserException;
import io.camaudit.channel.ChannelFiles;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.StatisticsFiles;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Finds the strategies of a run's classes and writes them beside its records. Reads the records
 * once from end to end, then once more class by class; relevances once, and a second time of images
 * that were not sampled. Holds a few numbers an image, and of one class a thread what is counted of
 * its images and the relevances of its sample.
 */
public final class StrategyFinder {
  /** What a class of a thousand sampled images with 2,048 channels takes, and to spare. */
  private static final long BYTES_A_CLASS = 256L << 20;

  private final RunFolder run;
  private final RelevanceSource source;
  private final RunImages images;

  private StrategyFinder(RunFolder run, RelevanceSource source, RunImages images) {
    this.run = run;
    this.source = source;
    this.images = images;
  }

  /**
   * Writes the strategies of a run that has been summed up; nothing if it has no channels.
   *
   * @param threads classes worked on at a time, at most as many as memory has room for; changes no
   *     byte
   */
  public static void write(RunFolder run, int threads) {
    try {
      Optional<ChannelFiles> files = ChannelFiles.of(run);
      if (files.isPresent()) {
        DatasetStatistics statistics = StatisticsFiles.read(run.read("classes.json"));
        write(run, statistics, new ChannelRelevances(files.get()), threads);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes {@code strategies.json} and a file a class; those of an earlier run are removed.
   *
   * @param statistics of the run, whose rows are the classes
   */
  static Strategies write(
      RunFolder run, DatasetStatistics statistics, RelevanceSource source, int threads)
      throws IOException {
    run.delete(RunFolder.STRATEGIES_FOLDER);
    StrategyFinder finder =
        new StrategyFinder(run, source, RunImages.of(run, statistics.groupedBy()));
    List<ClassRef> rows = statistics.classes().stream().map(ClassStatistics::classRef).toList();
    long room = Math.max(1, Runtime.getRuntime().maxMemory() / BYTES_A_CLASS);
    Strategies strategies =
        new Strategies(
            Strategies.SCHEMA,
            statistics.groupedBy(),
            source.channels(),
            finder.all(rows, (int) Math.min(threads, room)));
    run.write(RunFolder.STRATEGIES, StrategyFiles.json(strategies));
    return strategies;
  }

  private List<ClassStrategies> all(List<ClassRef> rows, int threads) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<ClassStrategies>> waiting = new ArrayList<>();
      int unmatched = 0;
      for (ClassRef row : rows) {
        String name =
            row.index() == null
                ? String.format(Locale.ROOT, "u%05d", unmatched++)
                : String.format(Locale.ROOT, "%05d", row.index());
        String file = RunFolder.STRATEGIES_FOLDER + "/" + name + ".csv";
        waiting.add(pool.submit(() -> ofClass(row, file)));
      }
      List<ClassStrategies> found = new ArrayList<>();
      for (Future<ClassStrategies> each : waiting) {
        found.add(each.get());
      }
      return found.stream().filter(Objects::nonNull).toList();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      if (e.getCause() instanceof UserException user) {
        throw user;
      }
      throw new IllegalStateException("strategies could not be found", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while strategies were looked for", e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** An image that may be sampled, by its position among the class's. */
  private record Candidate(int position, String name, double[] roots) {}

  /** Null if no image of the class has relevance. */
  private ClassStrategies ofClass(ClassRef row, String file) throws IOException {
    List<ImagePlace> places = images.of(row);
    List<ImageFacts> facts = new ArrayList<>(places.size());
    LeastHashes<Candidate> least = new LeastHashes<>(ClassStrategist.SAMPLE);
    for (int i = 0; i < places.size(); i++) {
      double[] roots = roots(places.get(i));
      facts.add(roots == null ? null : images.read(row, places.get(i)));
      if (roots != null) {
        String name = facts.get(i).name();
        least.add(name, new Candidate(i, name, roots));
      }
    }
    List<Candidate> sample = least.list();
    if (sample.isEmpty()) {
      return null;
    }
    ClassStrategist strategist =
        new ClassStrategist(
            row,
            sample.stream().map(Candidate::name).toList(),
            sample.stream().map(Candidate::roots).toList());
    run.write(file, StrategyFiles.csv(assign(places, facts, sample, strategist)));
    return strategist.result(file);
  }

  /**
   * @param facts of each place's image; null without relevance
   */
  private List<AssignedImage> assign(
      List<ImagePlace> places,
      List<ImageFacts> facts,
      List<Candidate> sample,
      ClassStrategist strategist)
      throws IOException {
    int[] positionInSample = new int[places.size()];
    Arrays.fill(positionInSample, -1);
    for (int s = 0; s < sample.size(); s++) {
      positionInSample[sample.get(s).position()] = s;
    }
    List<AssignedImage> assigned = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      if (positionInSample[i] >= 0) {
        assigned.add(strategist.addSampled(positionInSample[i], facts.get(i)));
      } else if (facts.get(i) == null) {
        strategist.addWithoutRelevance();
      } else {
        assigned.add(strategist.add(facts.get(i), roots(places.get(i))));
      }
    }
    return assigned;
  }

  private double[] roots(ImagePlace place) throws IOException {
    float[] relevance = source.read(place.file(), place.row());
    return relevance == null ? null : Relevance.roots(relevance);
  }
}
