package io.camaudit.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camaudit.UserException;
import io.camaudit.cluster.SpectralClusters;
import io.camaudit.stats.Mean;
import io.camaudit.stats.MeanDifference;
import io.camaudit.stats.RateDifference;
import io.camaudit.storage.RunFolder;
import io.camaudit.strategy.AssignedImage;
import io.camaudit.strategy.ClassStrategies;
import io.camaudit.strategy.Strategies;
import io.camaudit.strategy.Strategy;
import io.camaudit.strategy.StrategyFiles;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A run's strategies, as the page shows them; of a run without them no class has any. */
final class RunStrategies {
  private static final int CHANNELS = 5;
  private static final double PLACES = 1000;

  private final RunFolder run;
  private final Map<String, ClassStrategies> byKey = new LinkedHashMap<>();

  private RunStrategies(RunFolder run) {
    this.run = run;
  }

  /** Reads {@code strategies.json}, if the run has one. */
  static RunStrategies of(RunFolder run, ClassKeys keys) throws IOException {
    RunStrategies strategies = new RunStrategies(run);
    if (!run.has(RunFolder.STRATEGIES)) {
      return strategies;
    }
    Strategies read;
    try {
      read = StrategyFiles.read(run.read(RunFolder.STRATEGIES));
    } catch (JsonProcessingException e) {
      throw UserException.wrongArguments(
          "%s is not what this version writes (%s).",
          run.locate(RunFolder.STRATEGIES), e.getOriginalMessage());
    }
    read.classes().forEach(each -> strategies.byKey.put(keys.of(each.classRef()), each));
    return strategies;
  }

  /** Strategies that have a gallery of their own: those of a class that has several. */
  List<Strategy> several(String key) {
    ClassStrategies found = byKey.get(key);
    return found == null || found.strategies().size() == 1 ? List.of() : found.strategies();
  }

  /** Names of all images in these galleries. */
  Set<String> examples() {
    Set<String> names = new HashSet<>();
    byKey.keySet().forEach(key -> several(key).forEach(each -> names.addAll(each.typical())));
    return names;
  }

  /** Classes with several strategies for the first view, in their order; null without any file. */
  Overview.Ways overview() {
    if (byKey.isEmpty()) {
      return null;
    }
    List<Overview.Way> all =
        byKey.entrySet().stream()
            .filter(each -> each.getValue().strategies().size() > 1)
            .map(each -> new Overview.Way(each.getKey(), name(each), ways(each.getValue())))
            .toList();
    int shown = Math.min(Overview.MOST_SUSPECTS, all.size());
    return new Overview.Ways(byKey.size(), all.subList(0, shown), all.size() - shown);
  }

  private static String name(Map.Entry<String, ClassStrategies> each) {
    return each.getValue().classRef().name();
  }

  private static String ways(ClassStrategies of) {
    return of.strategies().stream()
        .map(RunStrategies::way)
        .collect(Collectors.joining("; ", "In " + of.strategies().size() + " ways: ", "."));
  }

  private static String way(Strategy each) {
    String right =
        each.accuracy() == null
            ? ""
            : String.format(
                Locale.ROOT, ", %s of them right", Words.percent(each.accuracy().value()));
    String reasons =
        each.rightReasonRate() == null
            ? ""
            : String.format(
                Locale.ROOT, ", %s looked right", Words.percent(each.rightReasonRate().value()));
    return Words.count(each.images(), "image", "images") + right + reasons;
  }

  /**
   * The class's strategies; null if it has none.
   *
   * @param images of the class on the page
   */
  StrategyData data(String key, List<ImageData> images) throws IOException {
    ClassStrategies of = byKey.get(key);
    if (of == null) {
      return null;
    }
    List<AssignedImage> assigned;
    try {
      assigned = StrategyFiles.images(run.read(of.file()));
    } catch (IOException e) {
      assigned = List.of(); // the page stands without the list, as it does without photographs
    }
    Map<String, Integer> byName =
        assigned.stream().collect(Collectors.toMap(AssignedImage::image, AssignedImage::strategy));
    return new StrategyData(
        headline(of),
        sentence(of),
        of.images(),
        of.file(),
        of.strategies().stream().map(RunStrategies::row).toList(),
        of.neighbours() == 0 ? null : points(assigned),
        images.stream().map(image -> byName.get(image.name())).toList());
  }

  private static String headline(ClassStrategies of) {
    return of.strategies().size() == 1
        ? "Seen in one way"
        : "Seen in " + of.strategies().size() + " ways";
  }

  private static String sentence(ClassStrategies of) {
    String clustered =
        of.sampled() == of.images()
            ? "All its images"
            : String.format(Locale.ROOT, "A sample of %s images", Words.count(of.sampled()));
    if (of.neighbours() == 0) {
      return String.format(
          Locale.ROOT,
          "Fewer than %d of its images differ in what speaks for the answer, too few to tell ways"
              + " apart.",
          SpectralClusters.LEAST_POINTS);
    }
    return String.format(
        Locale.ROOT,
        "%s compared by what speaks for the answer, channel by channel, each joined with the %d"
            + " most like it. The relative gap of the spectrum is %.2f; from %.2f on there are"
            + " several ways.",
        clustered,
        of.neighbours(),
        of.gap(),
        SpectralClusters.LEAST_GAP);
  }

  private static StrategyData.Row row(Strategy of) {
    Strategy.Against against = of.against();
    return new StrategyData.Row(
        of.number(),
        of.images(),
        Words.triple(of.share()),
        Words.triple(of.accuracy()),
        Words.triple(of.rightReasonRate()),
        triple(of.borderLift()),
        against == null ? null : triple(against.accuracy()),
        against == null ? null : triple(against.rightReasonRate()),
        against == null ? null : triple(against.borderLift()),
        of.predictions().stream()
            .map(each -> each.predicted().name() + " (" + Words.count(each.count()) + ")")
            .collect(Collectors.joining(", ")),
        of.channels().stream()
            .limit(CHANNELS)
            .map(each -> new StrategyData.Channel(each.channel(), Words.round(each.share())))
            .toList(),
        against == null ? null : against.channels().stream().map(RunStrategies::telling).toList());
  }

  private static StrategyData.Telling telling(Strategy.ChannelContrast of) {
    return new StrategyData.Telling(
        of.channel(),
        Words.round(of.share().mean().mean()),
        Words.round(of.share().others().mean()),
        triple(of.share()));
  }

  private static double[] triple(Mean mean) {
    return mean == null ? null : Words.triple(mean);
  }

  private static double[] triple(RateDifference of) {
    return of == null
        ? null
        : new double[] {
          Words.round(of.difference()), Words.round(of.low()), Words.round(of.high())
        };
  }

  private static double[] triple(MeanDifference of) {
    if (of == null) {
      return null;
    }
    double low = of.low() == null ? of.difference() : of.low();
    double high = of.high() == null ? of.difference() : of.high();
    return new double[] {Words.round(of.difference()), Words.round(low), Words.round(high)};
  }

  private static StrategyData.Points points(List<AssignedImage> assigned) {
    List<AssignedImage> placed = assigned.stream().filter(each -> each.x() != null).toList();
    return placed.isEmpty()
        ? null
        : new StrategyData.Points(
            placed.stream().map(AssignedImage::image).toList(),
            placed.stream().map(AssignedImage::strategy).toList(),
            placed.stream().map(each -> place(each.x())).toList(),
            placed.stream().map(each -> place(each.y())).toList());
  }

  private static double place(double coordinate) {
    return Math.round(coordinate * PLACES) / PLACES;
  }
}
