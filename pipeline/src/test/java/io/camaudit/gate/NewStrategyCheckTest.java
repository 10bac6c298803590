package io.camaudit.gate;

import static io.camaudit.gate.RuleResult.Outcome.PASSED;
import static io.camaudit.gate.RuleResult.Outcome.SKIPPED;
import static io.camaudit.gate.RuleResult.Outcome.VIOLATED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Grouping;
import io.camaudit.stats.Rate;
import io.camaudit.strategy.AssignedImage;
import io.camaudit.strategy.ClassStrategies;
import io.camaudit.strategy.StoredStrategies;
import io.camaudit.strategy.Strategies;
import io.camaudit.strategy.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewStrategyCheckTest {
  private static final ClassRef FISH = new ClassRef(0, "n0", "fish");
  private static final ClassRef BIRD = new ClassRef(1, "n1", "bird");
  private static final ClassRef OTHER = ClassRef.unmatched("unknown");
  private static final DatasetStatistics RUN =
      Runs.of(Runs.row(FISH, 10, 10), Runs.row(BIRD, 4, 4));

  @TempDir Path folder;

  @Test
  void oneThatAppearsIsNamedWithItsClass() throws IOException {
    StoredStrategies before = found(Map.of(FISH, "aaaaaaaaaa", BIRD, "aabb"));
    StoredStrategies after = found(Map.of(FISH, "aaaaaaaabb", BIRD, "bbaa", OTHER, "ab"));
    List<RuleResult> results = judge("not-worse-than: {new-strategy: 0}", before, after);
    assertThat(results).extracting(RuleResult::outcome).containsExactly(VIOLATED, PASSED, SKIPPED);
    assertThat(results.get(0))
        .isEqualTo(
            RuleResult.violated(
                "not-worse-than",
                "class fish at most 0.0 % in a strategy that appeared",
                "Strategy 2 of class fish appeared: in it are 20.0 % (2 of 10, 95 % interval 5.7 to"
                    + " 51.0 %) of the images that both runs have; wanted is at most 0.0 %."));
    assertThat(results.get(1).sentence()).isEqualTo("No strategy of class bird appeared.");
  }

  @Test
  void soMuchMayAppearAndNoMore() throws IOException {
    StoredStrategies before = found(Map.of(FISH, "aaaaaaaaaa"));
    StoredStrategies after = found(Map.of(FISH, "aaaaaaaabb"));
    assertThat(outcomes("not-worse-than: {new-strategy: 0.2}", before, after))
        .containsExactly(PASSED);
    assertThat(outcomes("not-worse-than: {new-strategy: 0.19}", before, after))
        .containsExactly(VIOLATED);
    assertThat(outcomes("{not-worse-than: {new-strategy: 0}, minimum-images: 2}", before, after))
        .containsExactly(VIOLATED);
    assertThat(outcomes("{not-worse-than: {new-strategy: 0}, minimum-images: 3}", before, after))
        .as("a strategy of few images")
        .containsExactly(PASSED);
    assertThat(outcomes("not-worse-than: {new-strategy: 0}", after, before))
        .as("one that goes")
        .containsExactly(PASSED);
  }

  @Test
  void everyOneThatIsTooMuchIsNamed() throws IOException {
    String sentence =
        judge(
                "not-worse-than: {new-strategy: 0.15}",
                found(Map.of(FISH, "aaaaaaaaaa")),
                found(Map.of(FISH, "aaaaabbccd")))
            .get(0)
            .sentence();
    assertThat(sentence)
        .contains("Strategy 2 of class fish", "Strategy 3 of class fish")
        .doesNotContain("Strategy 4");
  }

  @Test
  void nothingPassesForWantOfANumber() throws IOException {
    StoredStrategies several = found(Map.of(FISH, "aaaaabbbbb"));
    String rule = "not-worse-than: {new-strategy: 1}";
    assertThat(judge(rule, null, several))
        .extracting(RuleResult::sentence)
        .containsExactly(
            "New strategies are not known: the earlier run has no strategies.json; audit with"
                + " --channels.");
    assertThat(judge(rule, several, null))
        .extracting(RuleResult::sentence)
        .containsExactly(
            "New strategies are not known: the run has no strategies.json; audit with --channels.");
    assertThat(judge(rule, found(Map.of(FISH, "aabb------")), found(Map.of(FISH, "------aabb"))))
        .as("no image in both")
        .extracting(RuleResult::sentence)
        .containsExactly("No class has at least 1 images with a strategy in both runs.");
    assertThat(outcomes(rule, found(Map.of(BIRD, "aabb")), several))
        .as("a class that the earlier run had not, alone")
        .containsExactly(VIOLATED);
    assertThat(outcomes(rule, found(Map.of(BIRD, "aabb")), found(Map.of(BIRD, "ab", FISH, "ab"))))
        .containsExactlyInAnyOrder(PASSED, SKIPPED);
    StoredStrategies unreadable =
        new StoredStrategies(
            several.found(),
            each -> {
              throw new IOException("it is damaged");
            });
    assertThat(judge(rule, several, unreadable))
        .extracting(RuleResult::outcome)
        .containsExactly(VIOLATED);
  }

  private List<RuleResult.Outcome> outcomes(
      String yaml, StoredStrategies before, StoredStrategies after) throws IOException {
    return judge(yaml, before, after).stream().map(RuleResult::outcome).toList();
  }

  private List<RuleResult> judge(String yaml, StoredStrategies before, StoredStrategies after)
      throws IOException {
    Path file = Files.writeString(folder.resolve("gate.yaml"), yaml);
    return Gate.judge(GateFile.read(file), run(after), run(before));
  }

  private static AuditedRun run(StoredStrategies found) {
    return new AuditedRun(RUN, MissingNode.getInstance(), null, null, found);
  }

  /** By class, each image's strategy as a letter; a dash where the image has none. */
  private static StoredStrategies found(Map<ClassRef, String> letters) {
    Map<String, String> byFile = new TreeMap<>();
    List<ClassStrategies> classes = new ArrayList<>();
    for (ClassRef classRef : List.of(FISH, BIRD, OTHER)) {
      if (letters.containsKey(classRef)) {
        String file = "strategies/0000" + classes.size() + ".csv";
        byFile.put(file, letters.get(classRef));
        classes.add(of(classRef, letters.get(classRef), file));
      }
    }
    return new StoredStrategies(
        new Strategies(Strategies.SCHEMA, Grouping.LABEL, 8, classes),
        each -> images(byFile.get(each.file())));
  }

  private static ClassStrategies of(ClassRef classRef, String letters, String file) {
    int images = (int) letters.chars().filter(letter -> letter != '-').count();
    int count = letters.chars().max().getAsInt() - 'a' + 1;
    List<Strategy> strategies =
        IntStream.range(0, count).mapToObj(i -> strategy(i, letters, images)).toList();
    return new ClassStrategies(
        classRef, images, 0, images, images, 5, List.of(), 0.5, file, strategies);
  }

  private static Strategy strategy(int index, String letters, int images) {
    long own = letters.chars().filter(letter -> letter == 'a' + index).count();
    return new Strategy(
        index + 1,
        own,
        Rate.of(own, images),
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  private static List<AssignedImage> images(String letters) {
    return IntStream.range(0, letters.length())
        .filter(i -> letters.charAt(i) != '-')
        .mapToObj(i -> new AssignedImage(i + ".jpg", letters.charAt(i) - 'a' + 1, null, null))
        .toList();
  }
}
