package io.camaudit;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures that tests make themselves, the same for the same seed. */
public final class TestPictures {
  private TestPictures() {}

  /** Writes a smooth random picture; the suffix decides the format. Folders on the way are made. */
  public static Path write(Path file, int width, int height, long seed) throws IOException {
    String name = file.getFileName().toString();
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes(name.substring(name.lastIndexOf('.') + 1), width, height, seed));
  }

  public static byte[] bytes(String format, int width, int height, long seed) throws IOException {
    Random random = new Random(seed);
    double[] phase = random.doubles(6, 0, 6.28).toArray();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = (int) (127 + 120 * Math.sin(phase[0] + 7.0 * x / width + phase[1] * y / height));
        int green = (int) (127 + 120 * Math.sin(phase[2] + 11.0 * y / height));
        int blue = (int) (127 + 120 * Math.cos(phase[3] + phase[4] * x / width * y / height));
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IllegalArgumentException("no writer for " + format);
    }
    return out.toByteArray();
  }
}
