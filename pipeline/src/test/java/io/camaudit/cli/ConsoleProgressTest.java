package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsoleProgressTest {
  private final StringWriter text = new StringWriter();

  @Test
  void aTerminalShowsOneLineThatIsWrittenOver() {
    ConsoleProgress progress = new ConsoleProgress(new PrintWriter(text), true);
    progress.update(0, 0, 0, 0, Duration.ZERO);
    progress.update(0, 5_000, 0, 0, Duration.ofSeconds(1));
    progress.update(1_000, 5_000, 3, 0, Duration.ofSeconds(20));
    progress.end();
    assertThat(text.toString().split("\r", -1))
        .containsExactly(
            "",
            "0/5,000 images (0 %), 0.0 images/s, --:-- left, 0 failed",
            "1,000/5,000 images (20 %), 50.0 images/s, 01:20 left, 3 failed"
                + System.lineSeparator());
  }

  @Test
  void whatAnEarlierRunDidMakesThisOneNoFaster() {
    assertThat(ConsoleProgress.line(3_000, 5_000, 0, 2_000, Duration.ofSeconds(20)))
        .isEqualTo("3,000/5,000 images (60 %), 50.0 images/s, 00:40 left, 0 failed");
    assertThat(ConsoleProgress.line(2_000, 5_000, 0, 2_000, Duration.ofSeconds(20)))
        .isEqualTo("2,000/5,000 images (40 %), 0.0 images/s, --:-- left, 0 failed");
  }

  @Test
  void elsewhereALineComesFromTimeToTime() {
    ConsoleProgress progress = new ConsoleProgress(new PrintWriter(text), false);
    for (int second = 0; second <= 40; second++) {
      progress.update(second, 100_000, 0, 0, Duration.ofSeconds(second));
    }
    progress.end();
    assertThat(text.toString().lines())
        .containsExactly(
            "15/100,000 images (0 %), 1.0 images/s, 27:46:25 left, 0 failed",
            "30/100,000 images (0 %), 1.0 images/s, 27:46:10 left, 0 failed");
  }

  @ParameterizedTest
  @CsvSource({
    "3,    3, 10, false", "3,    4, 10, true", "0,   1, 10, true", "0, 0, 10, false",
    "30%,  3, 10, false", "30%,  4, 10, true", "0%,  1, 10, true", "100%, 10, 10, false",
    "12.5%, 1, 8, false", "12.5%, 2, 8, true"
  })
  void aLimitIsACountOrAShare(String limit, long failures, long images, boolean exceeded) {
    FailureLimit parsed = FailureLimit.parse(limit);
    assertThat(parsed.isExceeded(failures, images)).isEqualTo(exceeded);
    assertThat(parsed).hasToString(limit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "101%", "-1%", "many", "%", "", "NaN", "NaN%"})
  void anythingElseIsNoLimit(String limit) {
    assertThatThrownBy(() -> FailureLimit.parse(limit))
        .isInstanceOf(UserException.class)
        .hasMessage("--max-failures %s: give a count such as 3 or a share such as 5%%.", limit);
  }
}
