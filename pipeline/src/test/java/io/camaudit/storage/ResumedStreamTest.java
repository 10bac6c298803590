package io.camaudit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class ResumedStreamTest {
  private static final byte[] CONTENT = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  private int opened;

  /** The file up to a place, where each but the last connection is lost. */
  private InputStream brokenAfter(int bytes, int times, IOException failure) {
    if (opened++ >= times) {
      return new ByteArrayInputStream(CONTENT);
    }
    return new SequenceInputStream(
        new ByteArrayInputStream(CONTENT, 0, bytes),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw failure;
          }
        });
  }

  @Test
  void goesOnWhereAConnectionWasLost() throws IOException {
    Retries.take();
    IOException lost = new SocketTimeoutException("no answer");
    try (InputStream in = new ResumedStream(() -> brokenAfter(4, 2, lost))) {
      assertThat(in.readAllBytes()).isEqualTo(CONTENT);
    }
    assertThat(opened).isEqualTo(3);
    assertThat(Retries.take()).isEqualTo(2);
  }

  @Test
  void whatDoesNotPassIsThrown() throws IOException {
    IOException gone = new FileNotFoundException("gone");
    try (InputStream in = new ResumedStream(() -> brokenAfter(4, 9, gone))) {
      assertThat(in.readNBytes(4)).containsExactly(1, 2, 3, 4);
      assertThatThrownBy(in::read).isInstanceOf(FileNotFoundException.class);
    }
    assertThat(opened).isEqualTo(1);
  }
}
