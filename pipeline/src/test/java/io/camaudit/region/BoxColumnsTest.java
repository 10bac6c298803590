package io.camaudit.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoxColumnsTest {
  @Test
  void readsBothForms() {
    assertThat(BoxColumns.read(Map.of("x", "1", "y", " 2 ", "width", "3.5", "height", "4"), "m"))
        .contains(new Box(1, 2, 4.5, 6));
    assertThat(BoxColumns.read(Map.of("xmin", "1", "ymin", "2", "xmax", "3", "ymax", "4"), "m"))
        .contains(new Box(1, 2, 3, 4));
    assertThat(BoxColumns.read(Map.of("x", "", "y", "", "width", "", "height", ""), "m")).isEmpty();
    assertThat(BoxColumns.in(Set.of("image", "x", "y", "width", "height"))).isTrue();
    assertThat(BoxColumns.in(Set.of("image", "x", "y", "width"))).isFalse();
  }

  @Test
  void refusesHalfABox() {
    Map<String, String> partial = Map.of("x", "1", "y", "", "width", "3", "height", "4");
    assertThatThrownBy(() -> BoxColumns.read(partial, "list.csv, line 3"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "list.csv, line 3: a box wants all of x, y, width, height, 3 of them are given.");
    assertThatThrownBy(
            () -> BoxColumns.read(Map.of("x", "1", "y", "b", "width", "3", "height", "4"), "m"))
        .hasMessageContaining("column y wants a number, got \"b\"");
    assertThatThrownBy(
            () -> BoxColumns.read(Map.of("xmin", "5", "ymin", "2", "xmax", "3", "ymax", "4"), "m"))
        .hasMessageContaining("has no area");
  }
}
