package io.camaudit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SafeNameTest {
  @Test
  void ordinaryNamesStayAsTheyAre() {
    assertThat(SafeName.path("a folder/Ünï & 'co'.jpg")).isEqualTo("a folder/Ünï & 'co'.jpg");
  }

  @Test
  void nothingLeavesTheFolder() {
    assertThat(SafeName.path("../../etc/passwd")).isEqualTo("%2E%2E/%2E%2E/etc/passwd");
    assertThat(SafeName.path("/absolute.jpg")).isEqualTo("%/absolute.jpg");
    assertThat(SafeName.path("s3://bucket/x.jpg")).isEqualTo("s3%3A/%/bucket/x.jpg");
  }

  @Test
  void differentNamesNeverShareAPath() {
    List<String> names =
        List.of("..", "%2E%2E", ".", "%2E", "a//b", "a/%/b", "a:b", "a%3Ab", "a\nb", "");
    assertThat(names.stream().map(SafeName::path).collect(Collectors.toSet()))
        .hasSize(names.size());
  }
}
