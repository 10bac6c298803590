package io.camaudit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeNameTest {
  @TempDir private Path folder;

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

  /** 255 bytes are the longest name of ext4, XFS, NTFS and APFS. */
  @Test
  void longNamesLeaveRoomForWhatFollowsThem() throws IOException {
    List<String> names =
        List.of(
            "a".repeat(250) + ".jpg",
            "a".repeat(250) + ".png",
            "b".repeat(249) + "?.jpg",
            "\u5199\u771f".repeat(41) + ".jpg",
            "\ud83d\udc1f".repeat(62) + ".jpg",
            "%".repeat(250) + ".jpg");
    Set<Path> written = new HashSet<>();
    for (String name : names) {
      Path file =
          folder.resolve(
              SafeName.path(name) + ".finer-gradcam-conv5_block3_out_of_the_network-12345.jpg");
      Files.writeString(file, name);
      written.add(file);
      assertThat(Files.readString(file)).isEqualTo(name);
    }
    assertThat(written).hasSize(names.size());
  }

  @Test
  void aShortenedNameIsNotTheNameOfAnotherImage() {
    String shortened = SafeName.path("a".repeat(250));
    assertThat(SafeName.path(shortened)).isNotEqualTo(shortened);
    assertThat(SafeName.path("c".repeat(SafeName.LONGEST))).isEqualTo("c".repeat(SafeName.LONGEST));
  }
}
