package io.camaudit.image;

import io.camaudit.savedmodel.Placement;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A map over its whole photograph in shades of grey, for programs that colour it themselves. */
public final class HeatPicture {
  private HeatPicture() {}

  /**
   * A PNG of the map after ReLU, enlarged bilinearly: white is its greatest value, black is 0, and
   * what the model did not see.
   *
   * @param width of the picture, pixels
   * @param height likewise
   * @param placement of the model's input on a photograph of this size
   */
  public static byte[] png(SaliencyMap map, int width, int height, Placement placement) {
    float[] values =
        Heat.enlarged(
                Profile.DEFAULT.look(),
                map,
                Upsampling.columns(width, map, placement),
                Upsampling.rows(height, map, placement))
            .values();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    // Written past the colour model, which would take the numbers for linear light.
    byte[] samples = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) Math.round(255 * values[i]);
    }
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(picture, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
