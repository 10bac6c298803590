package io.camaudit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.alter.Fill;
import io.camaudit.alter.HeatPlaces;
import io.camaudit.alter.PixelSet;
import io.camaudit.measure.PositiveMap;
import io.camaudit.proof.Variant;
import io.camaudit.savedmodel.CellLayout;
import io.camaudit.savedmodel.InputPicture;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/**
 * Pictures of one grey level with an object of another, so that every pixel says where it is from.
 */
class TrialPicturesTest {
  private static final int SIDE = 14;
  private static final PixelSet ALL = PixelSet.of(SIDE, SIDE, i -> true);
  private static final IntPredicate OBJECT =
      i -> i % SIDE >= 2 && i % SIDE < 7 && i / SIDE >= 2 && i / SIDE < 7;
  private static final TrialPictures MAKER = new TrialPictures(Fill.SMOOTH);

  private static Scene scene(float ground, float object, IntPredicate region, int hotCell) {
    float[] values = new float[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = OBJECT.test(i) ? object : ground;
    }
    float[] cells = new float[49];
    if (hotCell >= 0) {
      cells[hotCell] = 1;
    }
    return new Scene(
        new InputPicture(SIDE, SIDE, 1, values),
        region == null ? null : PixelSet.of(SIDE, SIDE, region),
        ALL,
        hotCell < 0
            ? null
            : new HeatPlaces(PositiveMap.of(cells, 7, 7), CellLayout.even(7, 7, SIDE, SIDE)));
  }

  private static float at(InputPicture picture, int x, int y) {
    return picture.values()[y * SIDE + x];
  }

  @Test
  void everyVariantTakesItsPixelsFromTheRightPlace() {
    Scene image = scene(10, 50, OBJECT, 48);
    Scene same = scene(20, 60, OBJECT, 0);
    Scene other = scene(30, 70, OBJECT, 0);
    Map<Variant, InputPicture> made = MAKER.of(image, same, other);
    assertThat(made.keySet()).containsExactly(Variant.values());

    assertThat(made.get(Variant.OBJECT_OUT).values()).containsOnly(10);
    assertThat(made.get(Variant.ONLY_OBJECT).values()).containsOnly(50);
    // Of the places without heat the nearest is beside the object, which colours what is filled in.
    InputPicture control = made.get(Variant.CONTROL);
    for (int i = 0; i < control.values().length; i++) {
      boolean beside = i % SIDE >= 7 && i % SIDE < 12 && i / SIDE >= 2 && i / SIDE < 7;
      assertThat(control.values()[i] == image.picture().values()[i]).isNotEqualTo(beside);
    }
    InputPicture onSame = made.get(Variant.SAME_BACKGROUND);
    assertThat(at(onSame, 4, 4)).isEqualTo(50);
    assertThat(at(onSame, 12, 12)).isEqualTo(20);
    assertThat(onSame.values()).doesNotContain(60);
    InputPicture onOther = made.get(Variant.OTHER_BACKGROUND);
    assertThat(at(onOther, 4, 4)).isEqualTo(50);
    assertThat(at(onOther, 12, 12)).isEqualTo(30);
    // The hottest window is the right lower corner, off the object.
    InputPicture patched = made.get(Variant.TRANSPLANT);
    assertThat(at(patched, 12, 12)).isEqualTo(10);
    assertThat(at(patched, 4, 4)).isEqualTo(70);
    assertThat(at(patched, 12, 2)).isEqualTo(30);
  }

  @Test
  void aPatchLeavesTheObjectOut() {
    Scene image = scene(10, 50, OBJECT, 8);
    InputPicture patched = MAKER.of(image, null, scene(30, 70, OBJECT, 0)).get(Variant.TRANSPLANT);
    assertThat(patched.values()).doesNotContain(50);
    assertThat(at(patched, 0, 0)).isEqualTo(10);
    assertThat(at(patched, 4, 4)).isEqualTo(70);
  }

  @Test
  void theHotSpotIsFilledInAndItsShapeElsewhereToo() {
    Scene image = scene(10, 50, null, 16); // inside of the object, whose level is 50
    Map<Variant, InputPicture> made = MAKER.of(image, null, null);
    assertThat(made).containsOnlyKeys(Variant.HOT_SPOT_OUT, Variant.COLD_SPOT_OUT);
    assertThat(made.get(Variant.HOT_SPOT_OUT)).isNotEqualTo(image.picture());
  }

  @Test
  void whatIsNotThereIsLeftOut() {
    Scene without = scene(10, 50, null, -1);
    assertThat(MAKER.of(without, without, without)).isEmpty();
    Scene noHeat = scene(10, 50, OBJECT, -1);
    assertThat(MAKER.of(noHeat, without, null))
        .containsOnlyKeys(Variant.OBJECT_OUT, Variant.ONLY_OBJECT);
    // Nowhere else is room for an object of this size.
    IntPredicate large = i -> i % SIDE > 0 && i / SIDE > 0;
    assertThat(MAKER.of(scene(10, 50, large, 0), null, null)).doesNotContainKey(Variant.CONTROL);
  }

  @Test
  void thePicturesThemselvesAreNotChanged() {
    Scene image = scene(10, 50, OBJECT, 48);
    float[] before = image.picture().values().clone();
    Scene other = scene(30, 70, OBJECT, 0);
    MAKER.of(image, image, other);
    assertThat(image.picture().values()).isEqualTo(before);
    assertThat(Arrays.stream(toDoubles(other.picture())).max()).hasValue(70);
  }

  private static double[] toDoubles(InputPicture picture) {
    double[] values = new double[picture.values().length];
    Arrays.setAll(values, i -> picture.values()[i]);
    return values;
  }
}
