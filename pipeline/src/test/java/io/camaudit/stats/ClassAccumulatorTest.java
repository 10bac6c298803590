package io.camaudit.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.report.ImageReport;
import io.camaudit.report.ReportJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ClassAccumulatorTest {
  @Test
  void anyOrderAndAnyTreeOfMergingGiveTheSameBytes() throws IOException {
    List<ImageReport> reports = new ArrayList<>(SyntheticReports.of(11, 5, 80).at(3).list());
    byte[] expected = bytes(sum(reports));
    for (int seed = 0; seed < 25; seed++) {
      Random random = new Random(seed);
      Collections.shuffle(reports, random);
      assertThat(bytes(sum(reports))).as("order of seed %d", seed).isEqualTo(expected);
      assertThat(bytes(tree(reports, random))).as("tree of seed %d", seed).isEqualTo(expected);
    }
  }

  /** Leaves of random size, some empty, some through their binary form, merged pair by pair. */
  private static ClassAccumulator tree(List<ImageReport> reports, Random random)
      throws IOException {
    List<ClassAccumulator> parts = new ArrayList<>();
    for (int from = 0; from < reports.size(); ) {
      int to = Math.min(reports.size(), from + random.nextInt(40));
      parts.add(sum(reports.subList(from, to)));
      from = to;
    }
    while (parts.size() > 1) {
      ClassAccumulator one = parts.remove(random.nextInt(parts.size()));
      int at = random.nextInt(parts.size());
      ClassAccumulator other = parts.get(at);
      byte[] before = bytes(one);
      other.merge(random.nextBoolean() ? one : read(before));
      assertThat(bytes(one)).as("what was merged stays as it was").isEqualTo(before);
    }
    return parts.get(0);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    for (int images : new int[] {0, 1, 2, 50}) {
      ClassAccumulator accumulator = sum(SyntheticReports.of(3, 1, images).at(2).list());
      byte[] bytes = bytes(accumulator);
      ClassAccumulator read = read(bytes);
      assertThat(bytes(read)).isEqualTo(bytes);
      assertThat(ReportJson.document(read.result(null)))
          .isEqualTo(ReportJson.document(accumulator.result(null)));
    }
  }

  @Test
  void readingLeavesWhatFollows() throws IOException {
    byte[] bytes = bytes(sum(SyntheticReports.of(4, 1, 5).list()));
    byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 3);
    ByteArrayInputStream in = new ByteArrayInputStream(longer);
    ClassAccumulator.read(in);
    assertThat(in.available()).isEqualTo(3);
  }

  @Test
  void sizeDoesNotGrowWithTheImages() throws IOException {
    int tenThousand = bytes(sum(SyntheticReports.of(9, 4, 2_500).list())).length;
    int fiftyThousand = bytes(sum(SyntheticReports.of(9, 4, 12_500).list())).length;
    // Counts and sums take a byte more here and there; nearly all bins of properties occur by now.
    assertThat(fiftyThousand).isLessThan(tenThousand + tenThousand / 5).isLessThan(12_000);
  }

  @Test
  void mapsOfTwoSizesAreRefusedWhateverComesFirst() {
    ClassAccumulator seven = new ClassAccumulator();
    seven.add(TestReports.map("a.jpg", new float[7][7]));
    ClassAccumulator two = new ClassAccumulator();
    two.add(TestReports.map("b.jpg", new float[][] {{1, 0}, {0, 0}}));
    float[][] map = new float[7][7];
    map[3][3] = 1;
    seven.add(TestReports.map("c.jpg", map));
    assertThatThrownBy(() -> seven.merge(two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 x 7")
        .hasMessageContaining("2 x 2");
    assertThatThrownBy(() -> two.add(TestReports.map("d.jpg", map)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ClassAccumulator sum(List<ImageReport> reports) {
    ClassAccumulator accumulator = new ClassAccumulator();
    reports.forEach(accumulator::add);
    return accumulator;
  }

  private static byte[] bytes(ClassAccumulator accumulator) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    accumulator.write(out);
    return out.toByteArray();
  }

  private static ClassAccumulator read(byte[] bytes) throws IOException {
    return ClassAccumulator.read(new ByteArrayInputStream(bytes));
  }
}
