package io.camaudit.savedmodel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Which part of the upright photograph the model's input shows.
 *
 * @param kind how the photograph becomes the input
 * @param resize for {@link Kind#CROP}: what the resized photograph covers; else null
 * @param fill for {@link Kind#LETTERBOX}: colour of the bars, RGB 0 to 255; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Geometry(@JsonProperty(required = true) Kind kind, Resize resize, List<Double> fill) {
  /** The three ways from a photograph to a rectangle of the input's size. */
  public enum Kind {
    /** Both sides are resized to the input's, each on its own. */
    @JsonProperty("stretch")
    STRETCH,
    /**
     * Both sides are scaled alike, until the photograph just covers {@code resize}; the centre is
     * cut out.
     */
    @JsonProperty("crop")
    CROP,
    /**
     * Both sides are scaled alike, until the photograph just fits into the input; bars fill the
     * rest.
     */
    @JsonProperty("letterbox")
    LETTERBOX
  }

  /**
   * What a photograph covers before the centre is cut out. Two equal numbers are what its shorter
   * side becomes; cards of the first contract have that number alone.
   *
   * @param height pixels, at least 1
   * @param width pixels, at least 1
   */
  public record Resize(int height, int width) {
    /** Reads the two from their names. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public Resize(
        @JsonProperty(value = "height", required = true) int height,
        @JsonProperty(value = "width", required = true) int width) {
      if (height < 1 || width < 1) {
        throw new IllegalArgumentException("\"resize\" is counted in pixels, from 1");
      }
      this.height = height;
      this.width = width;
    }

    /** The shorter side after resizing. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Resize ofShorter(int side) {
      return new Resize(side, side);
    }
  }

  public Geometry {
    if (kind == Kind.CROP && resize == null) {
      throw new IllegalArgumentException("a crop needs \"resize\", the size before it in pixels");
    }
  }

  /**
   * Where the model's input lies on a photograph. Sizes and offsets are whole pixels, rounded down
   * exactly as the model's preprocessing rounds them.
   *
   * @param width of the upright photograph, pixels
   * @param height likewise
   * @param inputWidth W, of the model's input, pixels
   * @param inputHeight H, likewise
   */
  public Placement place(int width, int height, int inputWidth, int inputHeight) {
    int newWidth = inputWidth;
    int newHeight = inputHeight;
    if (kind != Kind.STRETCH) {
      boolean crop = kind == Kind.CROP;
      int frameWidth = crop ? resize.width() : inputWidth;
      int frameHeight = crop ? resize.height() : inputHeight;
      // The scale by the heights is the greater one, or both are equal.
      boolean higher = (long) frameHeight * width >= (long) frameWidth * height;
      boolean equal = (long) frameHeight * width == (long) frameWidth * height;
      if (equal || higher == crop) {
        newHeight = frameHeight;
        newWidth = Math.max(1, (int) ((long) width * frameHeight / height));
      } else {
        newWidth = frameWidth;
        newHeight = Math.max(1, (int) ((long) height * frameWidth / width));
      }
    }
    double scaleX = (double) width / newWidth;
    double scaleY = (double) height / newHeight;
    return new Placement(
        offset(newWidth, inputWidth) * scaleX,
        offset(newHeight, inputHeight) * scaleY,
        scaleX,
        scaleY,
        inputWidth,
        inputHeight);
  }

  /** First pixel of the input on the resized photograph; negative where bars come first. */
  private static int offset(int resized, int input) {
    return resized >= input
        ? Math.floorDiv(resized - input, 2)
        : -Math.floorDiv(input - resized, 2);
  }
}
