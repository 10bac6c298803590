package io.camaudit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.util.FluentBackoff;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private final List<Long> waited = new ArrayList<>();
  private int sent;

  private String send(int failures, IOException failure) throws IOException {
    return Retries.run(
        () -> {
          sent++;
          if (sent <= failures) {
            throw failure;
          }
          return "answer";
        },
        FluentBackoff.DEFAULT
            .withInitialBackoff(Duration.millis(200))
            .withExponent(2)
            .withMaxRetries(3)
            .backoff(),
        waited::add);
  }

  @Test
  void whatPassesIsTriedAgainAfterLongerAndLongerAndCounted() throws IOException {
    Retries.take();
    assertThat(send(3, new IOException("failed", new SocketTimeoutException("no answer"))))
        .isEqualTo("answer");
    assertThat(waited).hasSize(3);
    for (int i = 0; i < 3; i++) {
      long middle = 200L << i;
      assertThat(waited.get(i)).isBetween(middle / 2, middle * 3 / 2);
    }
    assertThat(Retries.take()).isEqualTo(3);
    assertThat(Retries.take()).as("counted once").isZero();
  }

  @Test
  void whatDoesNotPassEndsWithItsReason() {
    IOException failure = new SocketTimeoutException("no answer");
    assertThatThrownBy(() -> send(9, failure)).isSameAs(failure);
    assertThat(sent).isEqualTo(4);
  }

  @Test
  void whatWillNotPassIsNotTriedAgain() {
    for (IOException failure :
        List.of(
            new FileNotFoundException("x"),
            new IOException("cannot be reached", new UnknownHostException("nowhere")),
            new IOException("permission denied"))) {
      sent = 0;
      assertThatThrownBy(() -> send(9, failure)).isSameAs(failure);
      assertThat(sent).isEqualTo(1);
    }
    assertThat(waited).isEmpty();
  }
}
