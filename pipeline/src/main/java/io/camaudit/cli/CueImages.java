package io.camaudit.cli;

import io.camaudit.Nearest;
import io.camaudit.UserException;
import io.camaudit.channel.ChannelFiles;
import io.camaudit.report.ClassRef;
import io.camaudit.report.CsvTable;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Example;
import io.camaudit.stats.Flag;
import io.camaudit.stats.StatisticsFiles;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StorageReason;
import io.camaudit.strategy.AssignedImage;
import io.camaudit.strategy.ClassStrategies;
import io.camaudit.strategy.Strategies;
import io.camaudit.strategy.StrategyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The images that show a cue, from one of three places. */
final class CueImages {
  /** A table of names, such as the page saves, begins with this column. */
  private static final String COLUMN = "image";

  private static final Pattern TABLE = Pattern.compile("\"?" + COLUMN + "\"?(,|\\s*\\R|\\s*$)");
  private static final int CANDIDATES = 10_000;
  private static final int LEAST = 2;

  @Option(
      names = "--images",
      paramLabel = "LIST",
      required = true,
      description =
          "The images that show the cue: a file with their names, one a line, as the run's records have them, or a table with a column \"image\" first.")
  private Path list;

  @Option(
      names = "--strategy",
      paramLabel = "CLASS/N",
      required = true,
      description = "The images of a class's N-th way, as strategies.json and the page count them.")
  private String strategy;

  @Option(
      names = "--flag",
      paramLabel = "CLASS",
      required = true,
      description =
          "The most suspicious images of a flagged class, as classes.json has them, at most 12; with regions only those where the model looked elsewhere.")
  private String flag;

  /**
   * Their names.
   *
   * @throws UserException if they cannot be told, or are no images of the run
   */
  Set<String> names(RunFolder run, ChannelFiles files) throws IOException {
    if (list != null) {
      return checked("--images " + list, listed(), files);
    }
    return strategy != null
        ? checked("--strategy " + strategy, ofStrategy(run), files)
        : checked("--flag " + flag, ofFlag(run), files);
  }

  private Set<String> listed() {
    try {
      String text = Files.readString(list).replaceFirst("^\\x{FEFF}", "");
      if (TABLE.matcher(text).lookingAt()) {
        byte[] csv = text.getBytes(StandardCharsets.UTF_8);
        return new LinkedHashSet<>(CsvTable.read(csv, row -> row.get(COLUMN)));
      }
      return text.lines()
          .map(String::strip)
          .filter(name -> !name.isEmpty())
          .collect(Collectors.toCollection(LinkedHashSet::new));
    } catch (IOException e) {
      throw UserException.wrongArguments(
          "--images %s cannot be read: %s.", list, StorageReason.of(e));
    }
  }

  private Set<String> ofStrategy(RunFolder run) throws IOException {
    int slash = strategy.lastIndexOf('/');
    if (slash < 1 || !strategy.substring(slash + 1).matches("\\d{1,6}")) {
      throw UserException.wrongArguments(
          "--strategy %s: give a class and the number of one of its ways, such as fish/2.",
          strategy);
    }
    if (!run.has(RunFolder.STRATEGIES)) {
      throw UserException.wrongArguments(
          "The run in %s has no %s: make it again with this version.",
          run.root(), RunFolder.STRATEGIES);
    }
    Strategies found = StrategyFiles.read(run.read(RunFolder.STRATEGIES));
    ClassRef wanted =
        one(
            "--strategy",
            strategy.substring(0, slash),
            found.classes().stream().map(ClassStrategies::classRef).toList(),
            "has no ways of class");
    ClassStrategies of =
        found.classes().stream()
            .filter(row -> row.classRef().equals(wanted))
            .findFirst()
            .orElseThrow();
    int number = Integer.parseInt(strategy.substring(slash + 1));
    if (number < 1 || number > of.strategies().size()) {
      throw UserException.wrongArguments(
          "--strategy %s: %s has %d %s.",
          strategy,
          wanted.name(),
          of.strategies().size(),
          of.strategies().size() == 1 ? "way, that of all its images" : "ways, from 1");
    }
    return StrategyFiles.images(run.read(of.file())).stream()
        .filter(image -> image.strategy() == number)
        .map(AssignedImage::image)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Set<String> ofFlag(RunFolder run) throws IOException {
    DatasetStatistics statistics = StatisticsFiles.read(run.read("classes.json"));
    ClassRef wanted =
        one(
            "--flag",
            flag,
            statistics.flags().stream().map(Flag::classRef).distinct().toList(),
            "has no flag of class");
    List<Example> examples =
        statistics.classes().stream()
            .filter(row -> wanted.equals(row.classRef()))
            .map(ClassStatistics::mostSuspicious)
            .findFirst()
            .orElse(List.of());
    boolean judged =
        examples.stream()
            .anyMatch(each -> each.verdict() != null && each.verdict().lookedRight() != null);
    return examples.stream()
        .filter(
            each ->
                !judged
                    || each.verdict() != null && Boolean.FALSE.equals(each.verdict().lookedRight()))
        .map(Example::image)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The one class that a text means: by id, else by name, else by index. */
  private static ClassRef one(String option, String text, List<ClassRef> classes, String lacks) {
    String plain = ClassRef.plain(text);
    List<Predicate<ClassRef>> ways =
        List.of(
            each -> each.id() != null && ClassRef.plain(each.id()).equals(plain),
            each -> ClassRef.plain(each.name()).equals(plain),
            each -> Objects.toString(each.index()).equals(text));
    List<ClassRef> found =
        ways.stream()
            .map(way -> classes.stream().filter(way).toList())
            .filter(some -> !some.isEmpty())
            .findFirst()
            .orElse(List.of());
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.size() > 1) {
      throw UserException.wrongArguments(
          "%s: \"%s\" means %d classes of the run; give an id or an index.",
          option, text, found.size());
    }
    List<String> names = classes.stream().map(ClassRef::name).toList();
    throw UserException.wrongArguments(
        "%s: the run %s \"%s\"; %s.",
        option,
        lacks,
        text,
        names.isEmpty()
            ? "there is none of any class"
            : "the nearest are " + String.join(", ", Nearest.to(text, names, 3)));
  }

  private static Set<String> checked(String option, Set<String> names, ChannelFiles files)
      throws IOException {
    Set<String> unknown = new LinkedHashSet<>(names);
    List<String> others = new ArrayList<>();
    files.forEach(
        (report, vectors) -> {
          unknown.remove(report.image());
          if (others.size() < CANDIDATES) {
            others.add(report.image());
          }
        });
    if (!unknown.isEmpty()) {
      String first = unknown.iterator().next();
      throw UserException.wrongArguments(
          "%s: %d of its %d names are no image of the run that has channels, such as \"%s\"; near it is %s.",
          option, unknown.size(), names.size(), first, Nearest.to(first, others, 1));
    }
    if (names.size() < LEAST) {
      throw UserException.wrongArguments(
          "%s names %d images; a cue takes at least %d: half of them make it, the others show whether it holds.",
          option, names.size(), LEAST);
    }
    return names;
  }
}
