package io.camaudit.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.camaudit.UserException;
import io.camaudit.gate.RuleResult.Outcome;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Grouping;
import io.camaudit.stats.Rate;
import io.camaudit.strategy.ClassStrategies;
import io.camaudit.strategy.StoredStrategies;
import io.camaudit.strategy.Strategies;
import io.camaudit.strategy.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrategyCheckTest {
  private static final Strategies FOUND =
      new Strategies(
          Strategies.SCHEMA,
          Grouping.LABEL,
          8,
          List.of(
              of(new ClassRef(0, "n0", "fish"), way(1, 90, 85, 80), way(2, 10, 3, 1)),
              of(new ClassRef(1, "n1", "bird"), way(1, 50, 48, 45)),
              of(ClassRef.unmatched("unknown"), way(1, 50, 0, 0))));

  private static final DatasetStatistics RUN =
      Runs.of(Runs.row(new ClassRef(0, "n0", "fish"), 88, 100));

  @TempDir Path folder;

  @Test
  void aWeakWayIsFoundThatTheClassesRateHides() throws IOException {
    List<RuleResult> results = judge("strategies: {accuracy: 0.5}", FOUND);
    assertThat(results)
        .extracting(RuleResult::outcome)
        .containsExactly(Outcome.VIOLATED, Outcome.PASSED, Outcome.SKIPPED);
    assertThat(results.get(0).sentence())
        .isEqualTo(
            "In strategies that do badly (2) are 10.0 % (10 of 100, 95 % interval 5.5 to 17.4 %) of"
                + " class fish; wanted is at most 0.0 %.");
    assertThat(results.get(0).rule())
        .isEqualTo("class fish at most 0.0 % in strategies that do badly");
    assertThat(outcomes("strategies: {accuracy: 0.5, maximum: 0.1}", FOUND))
        .containsExactly(Outcome.PASSED, Outcome.PASSED, Outcome.SKIPPED);
    assertThat(outcomes("strategies: {right-reason-rate: 0.1}", FOUND))
        .as("a bound that is reached is kept")
        .containsExactly(Outcome.PASSED, Outcome.PASSED, Outcome.SKIPPED);
    assertThat(outcomes("strategies: {right-reason-rate: 0.92, maximum: 0.5}", FOUND))
        .containsExactly(Outcome.VIOLATED, Outcome.VIOLATED, Outcome.SKIPPED);
    assertThat(outcomes("{strategies: {accuracy: 0.5}, minimum-images: 11}", FOUND))
        .as("a way of few images")
        .containsExactly(Outcome.PASSED, Outcome.PASSED, Outcome.SKIPPED);
    assertThat(outcomes("{strategies: {accuracy: 0.9, maximum: 0.2}, judge-by: interval}", FOUND))
        .containsExactly(Outcome.VIOLATED, Outcome.VIOLATED, Outcome.SKIPPED);
  }

  @Test
  void nothingPassesForWantOfANumber() throws IOException {
    assertThat(judge("strategies: {accuracy: 0.5}", null).get(0).sentence())
        .contains("no strategies.json", "--channels");
    assertThat(judge("{strategies: {accuracy: 0.5}, minimum-images: 500}", FOUND))
        .singleElement()
        .satisfies(result -> assertThat(result.outcome()).isEqualTo(Outcome.VIOLATED));
    Strategy unlabelled =
        new Strategy(
            1, 40, Rate.of(40, 40), null, null, null, null, List.of(), List.of(), List.of(), null);
    Strategies without =
        new Strategies(
            Strategies.SCHEMA,
            Grouping.PREDICTION,
            8,
            List.of(of(new ClassRef(0, "n0", "fish"), unlabelled)));
    assertThat(judge("strategies: {accuracy: 0.5}", without).get(0).sentence())
        .isEqualTo("A strategy of class fish has no accuracy to judge.");
    assertThatThrownBy(() -> judge("strategies: {maximum: 0.5}", FOUND))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("give accuracy or right-reason-rate");
  }

  private static Strategy way(int number, long images, long right, long rightReason) {
    return new Strategy(
        number,
        images,
        Rate.of(images, 100),
        Rate.of(right, images),
        Rate.of(rightReason, images),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  private static ClassStrategies of(ClassRef classRef, Strategy... ways) {
    long images = List.of(ways).stream().mapToLong(Strategy::images).sum();
    return new ClassStrategies(
        classRef,
        images,
        0,
        (int) images,
        (int) images,
        5,
        List.of(),
        0.5,
        "strategies/00000.csv",
        List.of(ways));
  }

  private List<Outcome> outcomes(String yaml, Strategies found) throws IOException {
    return judge(yaml, found).stream().map(RuleResult::outcome).toList();
  }

  private List<RuleResult> judge(String yaml, Strategies found) throws IOException {
    Path file = Files.writeString(folder.resolve("gate.yaml"), yaml);
    AuditedRun run =
        new AuditedRun(
            RUN,
            MissingNode.getInstance(),
            null,
            null,
            found == null ? null : new StoredStrategies(found, each -> List.of()));
    return Gate.judge(GateFile.read(file), run, null);
  }
}
