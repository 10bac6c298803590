package io.camaudit.savedmodel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Which part of the upright photograph the model's square input shows.
 *
 * @param kind how the photograph becomes a square
 * @param resize for {@link Kind#CROP}: the shorter side after resizing, pixels; else null
 * @param fill for {@link Kind#LETTERBOX}: colour of the bars, RGB 0 to 255; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Geometry(
    @JsonProperty(required = true) Kind kind, Integer resize, List<Double> fill) {
  /** The three ways of making a square. */
  public enum Kind {
    /** Both sides are resized to the square's, each on its own. */
    @JsonProperty("stretch")
    STRETCH,
    /**
     * The shorter side is resized to {@code resize}, the longer in proportion; the centre is cut
     * out.
     */
    @JsonProperty("crop")
    CROP,
    /**
     * The longer side is resized to the square's, the shorter in proportion; bars fill the rest.
     */
    @JsonProperty("letterbox")
    LETTERBOX
  }

  public Geometry {
    if (kind == Kind.CROP && (resize == null || resize < 1)) {
      throw new IllegalArgumentException("a crop needs \"resize\", the shorter side in pixels");
    }
  }

  /**
   * Where the square lies on a photograph. Sizes and offsets are whole pixels, rounded down exactly
   * as the model's preprocessing rounds them.
   *
   * @param width of the upright photograph, pixels
   * @param height likewise
   * @param size the square's side S, pixels
   */
  public Placement place(int width, int height, int size) {
    return switch (kind) {
      case STRETCH -> onto(width, height, size, size, 0, 0);
      case CROP -> {
        int shorter = Math.min(width, height);
        int newWidth = (int) ((long) width * resize / shorter);
        int newHeight = (int) ((long) height * resize / shorter);
        yield onto(
            width,
            height,
            newWidth,
            newHeight,
            Math.floorDiv(newWidth - size, 2),
            Math.floorDiv(newHeight - size, 2));
      }
      case LETTERBOX -> {
        int longer = Math.max(width, height);
        int newWidth = Math.max(1, (int) ((long) width * size / longer));
        int newHeight = Math.max(1, (int) ((long) height * size / longer));
        yield onto(
            width,
            height,
            newWidth,
            newHeight,
            -Math.floorDiv(size - newWidth, 2),
            -Math.floorDiv(size - newHeight, 2));
      }
    };
  }

  /** The square whose corner lies at (x, y) of the photograph resized to newWidth × newHeight. */
  private static Placement onto(int width, int height, int newWidth, int newHeight, int x, int y) {
    double scaleX = (double) width / newWidth;
    double scaleY = (double) height / newHeight;
    return new Placement(x * scaleX, y * scaleY, scaleX, scaleY);
  }
}
