package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ColormapTest {
  @ParameterizedTest
  @EnumSource
  void coloursAreThoseOfMatplotlib(Colormap colormap) {
    String digits = Fixtures.json("colormaps.json").get(colormap.toString()).asText();
    byte[] expected = HexFormat.of().parseHex(digits);
    byte[] table = colormap.table();
    assertThat(table).hasSize(3 * 256).hasSameSizeAs(expected);
    // Jet comes from its formula and may round differently; the others are the same tables.
    int tolerance = colormap == Colormap.JET ? 1 : 0;
    for (int i = 0; i < table.length; i++) {
      assertThat(table[i] & 0xff).isCloseTo(expected[i] & 0xff, within(tolerance));
    }
  }

  @Test
  void tableIsACopy() {
    Colormap.TURBO.table()[0]++;
    assertThat(Colormap.TURBO.table()[0]).isEqualTo((byte) 0x30);
  }

  @Test
  void namesAreReadInAnyCase() {
    assertThat(Colormap.parse(" Viridis")).isEqualTo(Colormap.VIRIDIS);
    assertThatThrownBy(() -> Colormap.parse("rainbow"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rainbow")
        .hasMessageContaining("viridis, turbo, jet, inferno, magma");
  }
}
