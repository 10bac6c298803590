package io.camaudit.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.channel.LikedImage;
import io.camaudit.report.RawMap;
import io.camaudit.savedmodel.CellCenters;
import io.camaudit.savedmodel.Geometry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MapDataTest {
  @Test
  void aRawMapIsCutAtZeroAndDividedByItsMaximum() {
    MapData data = MapData.of(new RawMap(2, 2, -3f, 4f, new float[][] {{-3, 1}, {2, 4}}));
    assertThat(data.v()).containsExactly(0, 0.25, 0.5, 1);
    assertThat(data.max()).isEqualTo(4);
  }

  @Test
  void nothingPositiveStaysNothing() {
    MapData data = MapData.of(new RawMap(1, 2, -3f, 0f, new float[][] {{-3, 0}}));
    assertThat(data.v()).containsExactly(0, 0);
    assertThat(data.max()).isZero();
  }

  @Test
  void aMapWithoutValuesIsNone() {
    assertThat(MapData.of(new RawMap(7, 7, null, null, null))).isNull();
    assertThat(MapData.of((RawMap) null)).isNull();
    assertThat(MapData.of(null, "unit", null)).isNull();
  }

  @Test
  void rowsStayRows() {
    MapData data =
        MapData.of(List.of(List.of(0.0, 0.5, 0.25), List.of(0.1, 0.2, 0.3)), "unit", null);
    assertThat(data.h()).isEqualTo(2);
    assertThat(data.w()).isEqualTo(3);
    assertThat(data.v()).containsExactly(0, 1, 0.5, 0.2, 0.4, 0.6);
  }

  @Test
  void aStretchedMapCoversThePhotograph() {
    Geometry stretch = new Geometry(Geometry.Kind.STRETCH, null, null);
    assertThat(MapFrame.of(stretch, 224, 224, null).on(640, 480))
        .isEqualTo(MapFrame.WHOLE.on(1, 1));
  }

  @Test
  void cellsLieWhereTheyWereLaid() {
    Geometry stretch = new Geometry(Geometry.Kind.STRETCH, null, null);
    CellCenters centers = new CellCenters(List.of(10.0), List.of(25.0, 50.0));
    MapFrame frame = MapFrame.of(stretch, 100, 20, Map.of("layer", centers));
    RawMap map = new RawMap(1, 2, 0f, 4f, new float[][] {{0, 4}});
    MapData data = MapData.of(map, frame.cells("layer"));
    assertThat(data.x()).containsExactly(0.25, 0.5);
    assertThat(data.y()).containsExactly(0.5);
    assertThat(MapData.of(map, frame.cells("another")).x()).isNull();
    assertThat(MapFrame.WHOLE.cells("layer")).isNull();
    assertThat(MapFrame.WHOLE.judged()).isNull();
    MapData mean = MapData.of(List.of(List.of(0.5, 1.0)), "unit", frame.judged());
    assertThat(mean.x()).containsExactly(0.25, 0.5);
    assertThat(mean.y()).containsExactly(0.5);
    LikedImage.Heat heat = new LikedImage.Heat(1, 2, 3.5f, new byte[] {-1, 51});
    assertThat(MapData.of(heat, frame.cells("layer")).x()).containsExactly(0.25, 0.5);
    assertThat(MapData.of(heat, null).x()).isNull();
  }

  @Test
  void aCroppedMapCoversTheMiddle() {
    // 400 x 200, shorter side to 100: 200 x 100; the central 50 of 200 and of 100.
    Geometry crop = new Geometry(Geometry.Kind.CROP, Geometry.Resize.ofShorter(100), null);
    MapFrame.Edges edges = MapFrame.of(crop, 50, 50, null).on(400, 200);
    assertThat(edges).isEqualTo(new MapFrame.Edges(0.375, 0.25, 0.625, 0.75));
  }

  @Test
  void aWideInputShowsAWideMiddle() {
    // 400 x 200 covers 100 x 60 (w x h) as 120 x 60; the central 100 x 30 of it.
    Geometry crop = new Geometry(Geometry.Kind.CROP, new Geometry.Resize(60, 100), null);
    MapFrame.Edges edges = MapFrame.of(crop, 100, 30, null).on(400, 200);
    assertThat(edges.left()).isCloseTo(10 / 120.0, within(1e-12));
    assertThat(edges.top()).isCloseTo(0.25, within(1e-12));
    assertThat(edges.right()).isCloseTo(110 / 120.0, within(1e-12));
    assertThat(edges.bottom()).isCloseTo(0.75, within(1e-12));
  }

  @Test
  void aLetterboxedMapReachesBeyondThePhotograph() {
    // 400 x 200 into 100: 100 x 50 with bars of 25 above and below, half the photograph's height.
    Geometry letterbox = new Geometry(Geometry.Kind.LETTERBOX, null, List.of(0.0, 0.0, 0.0));
    MapFrame.Edges edges = MapFrame.of(letterbox, 100, 100, null).on(400, 200);
    assertThat(edges.left()).isEqualTo(0);
    assertThat(edges.right()).isEqualTo(1);
    assertThat(edges.top()).isCloseTo(-0.5, within(1e-12));
    assertThat(edges.bottom()).isCloseTo(1.5, within(1e-12));
  }
}
