package io.camaudit.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.camaudit.LeastHashes;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.ReportJson;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Grouping;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StrategyFinderTest {
  @TempDir private Path directory;

  private Strategies find(SmallRun images, int threads) throws IOException {
    DatasetStatistics statistics = images.write(directory);
    return StrategyFinder.write(folder(), statistics, images, threads);
  }

  private RunFolder folder() {
    return new RunFolder(directory.toString());
  }

  private static SmallRun mixed(int parts) {
    return new SmallRun(parts)
        .add(0, 0, 70)
        .add(0, 1, 40)
        .add(0, -1, 3)
        .add(1, 0, 60)
        .add(2, 1, 12);
  }

  @Test
  void aClassThatIsRecognisedInTwoWaysHasTwoStrategies() throws IOException {
    Strategies found = find(mixed(1), 1);
    assertThat(found.groupedBy()).isEqualTo(Grouping.LABEL);
    assertThat(found.channels()).isEqualTo(SmallRun.CHANNELS);
    assertThat(found.classes().stream().map(each -> each.strategies().size()))
        .containsExactly(2, 1, 1);
    ClassStrategies planted = found.classes().get(0);
    assertThat(planted.images()).isEqualTo(110);
    assertThat(planted.sampled()).isEqualTo(110);
    assertThat(planted.withoutRelevance()).isEqualTo(3);
    assertThat(planted.neighbours()).isEqualTo(7);
    assertThat(planted.file()).isEqualTo("strategies/00000.csv");

    Strategy sound = planted.strategies().get(0);
    assertThat(sound.number()).isEqualTo(1);
    assertThat(sound.images()).isEqualTo(70);
    assertThat(sound.share().value()).isEqualTo(70 / 110.0);
    assertThat(sound.accuracy().value()).isEqualTo(1);
    assertThat(sound.rightReasonRate().count()).isEqualTo(70);
    assertThat(sound.borderLift().mean()).isEqualTo(1);
    assertThat(sound.typical()).hasSize(6).allMatch(name -> name.contains("way0"));
    assertThat(sound.predictions().get(0).count()).isEqualTo(70);
    Strategy other = planted.strategies().get(1);
    assertThat(other.images()).isEqualTo(40);
    assertThat(other.rightReasonRate().count()).isZero();
    assertThat(other.borderLift().mean()).isEqualTo(2);
    Strategy.Against against = other.against();
    assertThat(against.accuracy().difference()).isZero();
    assertThat(against.rightReasonRate().difference()).isEqualTo(-1);
    assertThat(against.rightReasonRate().high()).isNegative();
    assertThat(against.borderLift().difference()).isEqualTo(1);
    assertThat(against.channels()).hasSize(5).allMatch(each -> each.channel() < 16);
    assertThat(other.channels().get(0).channel()).isBetween(8, 15);
    assertThat(other.channels().stream().mapToDouble(Strategy.ChannelShare::share).sum())
        .isCloseTo(1, within(0.01));

    assertThat(found.classes().get(1).strategies().get(0).against()).isNull();
    ClassStrategies tiny = found.classes().get(2);
    assertThat(tiny.neighbours()).isZero();
    assertThat(tiny.eigenvalues()).isEmpty();
    assertThat(tiny.strategies().get(0).images()).isEqualTo(12);
    assertThat(tiny.strategies().get(0).share().value()).isEqualTo(1);
  }

  @Test
  void everyImageIsListedWithItsStrategy() throws IOException {
    Strategies found = find(mixed(2), 2);
    assertThat(folder().list("strategies").keySet())
        .containsExactly("00000.csv", "00001.csv", "00002.csv");
    List<AssignedImage> images = StrategyFiles.images(folder().read(found.classes().get(0).file()));
    assertThat(images).hasSize(110);
    assertThat(StrategyFiles.images(folder().read("strategies/00002.csv")))
        .allMatch(each -> each.strategy() == 1 && each.x() == null && each.y() == null);
    for (AssignedImage image : images) {
      assertThat(image.strategy()).isEqualTo(image.image().contains("way0") ? 1 : 2);
      assertThat(image.x()).isBetween(-1.0, 1.0);
      assertThat(image.y()).isBetween(-1.0, 1.0);
    }
  }

  /** A thousand are sampled; what is left out is assigned by its nearest among them. */
  @Test
  void aLargeClassIsSampledByItsNamesAndCountedInFull() throws IOException {
    SmallRun images = new SmallRun(3).add(0, 0, 800).add(0, 1, 450);
    ClassStrategies found = find(images, 1).classes().get(0);
    assertThat(found.images()).isEqualTo(1250);
    assertThat(found.sampled()).isEqualTo(1000);
    assertThat(found.strategies().stream().map(Strategy::images)).containsExactly(800L, 450L);
    List<AssignedImage> assigned = StrategyFiles.images(folder().read(found.file()));
    LeastHashes<String> least = new LeastHashes<>(1000);
    assigned.forEach(each -> least.add(each.image(), each.image()));
    assertThat(
            assigned.stream().filter(each -> each.x() != null).map(AssignedImage::image).toList())
        .containsExactlyInAnyOrderElementsOf(least.list());
    assertThat(assigned)
        .allMatch(each -> each.strategy() == (each.image().contains("way0") ? 1 : 2))
        .allMatch(each -> (each.x() == null) == (each.y() == null));
  }

  @Test
  void threadsAndTheOrderOfRecordsChangeNothing() throws IOException {
    find(mixed(1), 1);
    Map<String, List<String>> first = files();
    SmallRun shuffled = mixed(1).reversed(4);
    DatasetStatistics statistics = shuffled.write(directory);
    StrategyFinder.write(folder(), statistics, shuffled, 3);
    assertThat(files()).isEqualTo(first);
  }

  /** The json as it is; lists with their lines in the order of names, as a run's records are. */
  private Map<String, List<String>> files() throws IOException {
    Map<String, List<String>> files = new HashMap<>();
    files.put("json", Files.readAllLines(directory.resolve("strategies.json")));
    for (String name : folder().list("strategies").keySet()) {
      try (Stream<String> lines = Files.lines(directory.resolve("strategies").resolve(name))) {
        files.put(name, lines.sorted().collect(Collectors.toList()));
      }
    }
    return files;
  }

  @Test
  void failuresAndImagesWithoutALabelAreInNoStrategy() throws IOException {
    SmallRun images = new SmallRun(1);
    images.add(
        ImageReport.failure("broken.jpg", ImageStatus.CORRUPT, "cut", null, SmallRun.classRef(0)),
        null);
    images.add(0, 0, 25);
    images.add(SmallRun.report("nobody.jpg", null, 0, true), images.relevance(1));
    ClassRef unknown = ClassRef.unmatched("=quoted, \"label\"");
    for (int i = 0; i < 3; i++) {
      String name = "=odd, \"name\" " + i + "\nof two lines";
      images.add(SmallRun.report(name, unknown, 0, false), images.relevance(0));
    }
    Strategies found = find(images, 1);
    assertThat(found.classes()).hasSize(2);
    assertThat(found.classes().get(0).images()).isEqualTo(25);
    ClassStrategies odd = found.classes().get(1);
    assertThat(odd.file()).isEqualTo("strategies/u00000.csv");
    assertThat(StrategyFiles.images(folder().read(odd.file())).stream().map(AssignedImage::image))
        .containsExactly(
            "=odd, \"name\" 0\nof two lines",
            "=odd, \"name\" 1\nof two lines",
            "=odd, \"name\" 2\nof two lines");
  }

  @Test
  void aRunWithoutLabelsIsGroupedByPrediction() throws IOException {
    SmallRun images = new SmallRun(1);
    for (int i = 0; i < 30; i++) {
      images.add(SmallRun.report(i + ".jpg", null, 4, true), images.relevance(0));
    }
    Strategies found = find(images, 1);
    assertThat(found.groupedBy()).isEqualTo(Grouping.PREDICTION);
    ClassStrategies only = found.classes().get(0);
    assertThat(only.classRef()).isEqualTo(SmallRun.classRef(4));
    assertThat(only.strategies().get(0).accuracy()).isNull();
    assertThat(only.strategies().get(0).rightReasonRate()).isNull();
  }

  @Test
  void filesOfAnEarlierRunAreRemovedAndTheFormIsTheSchemas() throws IOException {
    Files.createDirectories(directory.resolve("strategies"));
    Files.writeString(directory.resolve("strategies/00077.csv"), "old");
    Strategies found = find(mixed(1), 1);
    assertThat(folder().list("strategies")).doesNotContainKey("00077.csv");
    byte[] json = folder().read("strategies.json");
    assertThat(StrategyFiles.read(json)).isEqualTo(found);
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("../schemas/strategies.schema.json")))
                .validate(ReportJson.mapper().readTree(json)))
        .isEmpty();
  }
}
