package io.camaudit.image;

import io.camaudit.savedmodel.Placement;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the pictures that a style asks for, of one map or of several. Immutable, so safe for any
 * number of threads.
 */
public final class MapPictures {
  /** Most maps on one sheet, beside the photograph. */
  public static final int MAPS_A_SHEET = 24;

  private static final int COLUMNS = 5;
  private static final int GAP = 8;
  private static final int MARGIN = 3;
  private static final int FRAME_HUNDREDTHS = 60;
  private static final int LAST_HUNDREDTHS = 180;

  private final OverlayStyle style;
  private final OverlayRenderer renderer;

  public MapPictures(OverlayStyle style) {
    this.style = style;
    this.renderer = new OverlayRenderer(style);
  }

  /** Whether a text can be written into pictures as it is. */
  public static boolean canWrite(String text) {
    return Lettering.has(text);
  }

  /** The photograph at the size that pictures have. */
  public RgbImage scaleDown(RgbImage photo) {
    return renderer.scaleDown(photo);
  }

  /**
   * The picture of one map.
   *
   * @param placement of the model's input on this photograph
   */
  public RgbImage one(RgbImage photo, TitledMap titled, Placement placement) {
    SaliencyMap map = titled.map();
    return switch (style.picture()) {
      case OVERLAY, SIDE_BY_SIDE, GIF -> overlay(photo, map, placement);
      case HEATMAP -> {
        Heat heat = heat(photo, map, placement);
        yield explained(heat.colours(), heat);
      }
      case CONTOUR -> {
        Upsampling columns = Upsampling.columns(photo.width(), map, placement);
        Upsampling rows = Upsampling.rows(photo.height(), map, placement);
        Look smooth = Profile.DEFAULT.look();
        Heat heat = heat(photo, map, placement);
        float[] values = Heat.enlarged(smooth, map, columns, rows).values();
        RgbImage lines = new ContourLines(style.look().colormap()).on(photo, values, heat);
        yield explained(framed(lines, placement), heat);
      }
      case TRIPTYCH -> {
        RgbImage heat = heat(photo, map, placement).colours();
        RgbImage overlay = overlay(photo, map, placement);
        yield table(
            List.of(
                titled(framed(photo, placement), List.of("photograph")),
                titled(heat, List.of("heatmap")),
                titled(overlay, titled.lines().subList(0, Math.min(1, titled.lines().size())))),
            3);
      }
    };
  }

  /** The photograph and up to {@link #MAPS_A_SHEET} maps over it, side by side. */
  public RgbImage sheet(RgbImage photo, List<TitledMap> maps, Placement placement) {
    List<RgbImage> panels = new ArrayList<>();
    panels.add(titled(framed(photo, placement), List.of("photograph")));
    for (TitledMap map : maps) {
      panels.add(titled(overlay(photo, map.map(), placement), map.lines()));
    }
    return table(panels, COLUMNS);
  }

  /** A GIF that shows the maps one after another, without end. */
  public byte[] film(RgbImage photo, List<TitledMap> maps, Placement placement) {
    try (AnimatedGif gif = new AnimatedGif()) {
      List<RgbImage> overlays =
          maps.stream().map(map -> overlay(photo, map.map(), placement)).toList();
      // Legends have numbers of different widths, frames of one film have one size.
      int width = overlays.stream().mapToInt(RgbImage::width).max().orElse(1);
      for (int i = 0; i < maps.size(); i++) {
        RgbImage frame = titled(widened(overlays.get(i), width), maps.get(i).lines());
        gif.add(frame, i + 1 < maps.size() ? FRAME_HUNDREDTHS : LAST_HUNDREDTHS);
      }
      return gif.bytes();
    }
  }

  private Heat heat(RgbImage photo, SaliencyMap map, Placement placement) {
    return Heat.of(style.look(), map, photo.width(), photo.height(), placement);
  }

  private RgbImage overlay(RgbImage photo, SaliencyMap map, Placement placement) {
    RgbImage overlay = framed(renderer.render(photo, map, placement), placement);
    return style.legend() ? explained(overlay, heat(photo, map, placement)) : overlay;
  }

  private RgbImage explained(RgbImage picture, Heat heat) {
    return style.legend()
        ? new Legend(style.look().colormap()).beside(picture, heat.low(), heat.high())
        : picture;
  }

  /** With the edge of the model's input, where it does not reach as far as the photograph. */
  private RgbImage framed(RgbImage picture, Placement placement) {
    int left = (int) Math.round(placement.left());
    int top = (int) Math.round(placement.top());
    int right = (int) Math.round(placement.left() + placement.width() * placement.scaleX());
    int bottom = (int) Math.round(placement.top() + placement.height() * placement.scaleY());
    boolean cuts = left > 0 || top > 0 || right < picture.width() || bottom < picture.height();
    if (!style.frame() || !cuts) {
      return picture;
    }
    Canvas canvas = Canvas.of(picture);
    // White between black, so that it shows on every photograph.
    int line = Math.max(picture.width(), picture.height()) < 400 ? 1 : 2;
    canvas.outline(left, top, right, bottom, line + 2, Canvas.BLACK);
    canvas.outline(left + 1, top + 1, right - 1, bottom - 1, line, Canvas.WHITE);
    return canvas.picture();
  }

  private static RgbImage widened(RgbImage picture, int width) {
    if (picture.width() == width) {
      return picture;
    }
    Canvas canvas = new Canvas(width, picture.height());
    canvas.put(picture, 0, 0);
    return canvas.picture();
  }

  /** The picture with lines of text above. */
  private static RgbImage titled(RgbImage picture, List<String> lines) {
    Lettering letters = Lettering.fitting(Math.max(picture.width(), picture.height()));
    int band = lines.size() * letters.height() + 2 * MARGIN;
    Canvas canvas = new Canvas(picture.width(), band + picture.height());
    canvas.put(picture, 0, band);
    for (int i = 0; i < lines.size(); i++) {
      String line = letters.shortened(lines.get(i), picture.width() - 2 * MARGIN);
      canvas.write(letters, line, MARGIN, MARGIN + i * letters.height());
    }
    return canvas.picture();
  }

  /** Pictures in rows, aligned at their lower edges, since titles stand above. */
  private static RgbImage table(List<RgbImage> panels, int most) {
    int columns = Math.min(most, panels.size());
    int rows = (panels.size() + columns - 1) / columns;
    int width = panels.stream().mapToInt(RgbImage::width).max().orElse(1);
    int height = panels.stream().mapToInt(RgbImage::height).max().orElse(1);
    Canvas canvas = new Canvas(columns * (width + GAP) - GAP, rows * (height + GAP) - GAP);
    for (int i = 0; i < panels.size(); i++) {
      RgbImage panel = panels.get(i);
      int top = i / columns * (height + GAP) + height - panel.height();
      canvas.put(panel, i % columns * (width + GAP), top);
    }
    return canvas.picture();
  }
}
