package io.camaudit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {
  @Test
  void valuesOfOptionsThatHoldCredentialsAreHidden() {
    assertThat(
            Secrets.redactOptions(
                List.of(
                    "--runner=FlinkRunner",
                    "--awsCredentialsProvider={\"awsSecretKey\": \"planted123\"}",
                    "--sasToken",
                    "planted456",
                    "--endpoint=http://me:planted789@host:9000",
                    "--url=https://host/x?sig=planted000&a=1")))
        .containsExactly(
            "--runner=FlinkRunner",
            "--awsCredentialsProvider=(hidden)",
            "--sasToken",
            "(hidden)",
            "--endpoint=http://(hidden)@host:9000",
            "--url=https://host/x?sig=(hidden)&a=1");
  }

  @Test
  void aSentenceThatRepeatsAnOptionIsRedactedToo() {
    List<String> options = List.of("--accountKey=planted123456", "--runner=X");
    assertThat(Secrets.redact("cannot use planted123456 with X", options))
        .isEqualTo("cannot use (hidden) with X");
  }

  @Test
  void ordinaryAddressesStay() {
    String text = "s3://bucket/photos/a.jpg and hdfs://host:8020/x: no such file";
    assertThat(Secrets.redact(text)).isEqualTo(text);
  }
}
