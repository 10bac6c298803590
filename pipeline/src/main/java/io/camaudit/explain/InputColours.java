package io.camaudit.explain;

import io.camaudit.image.RgbImage;
import io.camaudit.savedmodel.InputPicture;
import java.util.Optional;
import java.util.function.Function;

/**
 * From pictures as a model takes them back to colours, so that people can look at them. The model's
 * preprocessing is asked what it makes of black, red, green and blue; if each channel is an affine
 * function of a pixel's colour, as all usual normalisations are, the inverse follows.
 *
 * @param offset what black is, [C]
 * @param inverse {@code [3][C]}, from a pixel's difference to black to red, green and blue
 */
public record InputColours(double[] offset, double[][] inverse) {
  private static final int GREY = 1;
  private static final int[][] PRIMARIES = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}};

  /** Some other colour: if it does not come back, the function is not affine. */
  private static final int[] PROBE = {70, 130, 200};

  private static final double LEVELS = 1.5;

  /**
   * @param preprocess makes a picture of one colour into what the model takes
   * @return empty if the colours cannot be told from it
   */
  static Optional<InputColours> of(Function<int[], InputPicture> preprocess) {
    double[] offset = centre(preprocess.apply(new int[] {0, 0, 0}));
    int channels = offset.length;
    double[][] matrix = new double[channels][3];
    for (int colour = 0; colour < 3; colour++) {
      double[] of = centre(preprocess.apply(PRIMARIES[colour]));
      for (int c = 0; c < channels; c++) {
        matrix[c][colour] = (of[c] - offset[c]) / 255;
      }
    }
    double[][] inverse = channels == GREY ? ofGrey(matrix[0]) : ofThree(matrix);
    if (inverse == null) {
      return Optional.empty();
    }
    InputColours colours = new InputColours(offset, inverse);
    double[] back = colours.rgb(centre(preprocess.apply(PROBE)));
    double luma = 0.299 * PROBE[0] + 0.587 * PROBE[1] + 0.114 * PROBE[2];
    for (int i = 0; i < 3; i++) {
      double right = channels == GREY ? luma : PROBE[i];
      if (!(Math.abs(back[i] - right) <= LEVELS)) {
        return Optional.empty();
      }
    }
    return Optional.of(colours);
  }

  /** The picture in colours, 0 to 255, rounded and clamped. */
  public RgbImage picture(InputPicture input) {
    int channels = input.channels();
    byte[] rgb = new byte[3 * input.pixels()];
    double[] pixel = new double[channels];
    for (int i = 0; i < input.pixels(); i++) {
      for (int c = 0; c < channels; c++) {
        pixel[c] = input.values()[i * channels + c];
      }
      double[] colour = rgb(pixel);
      for (int c = 0; c < 3; c++) {
        rgb[3 * i + c] = (byte) Math.max(0, Math.min(255, Math.round(colour[c])));
      }
    }
    return new RgbImage(input.width(), input.height(), rgb);
  }

  private double[] rgb(double[] pixel) {
    double[] rgb = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int c = 0; c < pixel.length; c++) {
        rgb[i] += inverse[i][c] * (pixel[c] - offset[c]);
      }
    }
    return rgb;
  }

  private static double[] centre(InputPicture picture) {
    int channels = picture.channels();
    int pixel = picture.height() / 2 * picture.width() + picture.width() / 2;
    double[] values = new double[channels];
    for (int c = 0; c < channels; c++) {
      values[c] = picture.values()[pixel * channels + c];
    }
    return values;
  }

  private static double[][] ofGrey(double[] row) {
    double white = row[0] + row[1] + row[2];
    return white == 0 ? null : new double[][] {{1 / white}, {1 / white}, {1 / white}};
  }

  /** By Cramer's rule; null of a matrix that has no inverse. */
  private static double[][] ofThree(double[][] m) {
    double[][] inverse = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        int a = (i + 1) % 3;
        int b = (i + 2) % 3;
        int c = (j + 1) % 3;
        int d = (j + 2) % 3;
        inverse[j][i] = m[a][c] * m[b][d] - m[a][d] * m[b][c];
      }
    }
    double determinant =
        m[0][0] * inverse[0][0] + m[0][1] * inverse[1][0] + m[0][2] * inverse[2][0];
    if (determinant == 0) {
      return null;
    }
    for (double[] row : inverse) {
      for (int j = 0; j < 3; j++) {
        row[j] /= determinant;
      }
    }
    return inverse;
  }
}
