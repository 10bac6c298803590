package io.camaudit.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures of one size that show one after another, again and again. For one thread. */
final class AnimatedGif implements AutoCloseable {
  private static final String FORM = "javax_imageio_gif_image_1.0";

  private final ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes);

  /** Whether the file says already that it repeats, which it does once. */
  private boolean begun;

  AnimatedGif() {
    try {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds a picture.
   *
   * @param hundredths of a second that it shows
   */
  void add(RgbImage picture, int hundredths) {
    BufferedImage image = new Palette(picture).indexed(picture);
    IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
    try {
      metadata.setFromTree(FORM, timed(metadata, hundredths));
      writer.writeToSequence(new IIOImage(image, null, metadata), null);
    } catch (IIOInvalidTreeException e) {
      throw new IllegalStateException("ImageIO refuses its own metadata", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file. */
  byte[] bytes() {
    try {
      writer.endWriteSequence();
      stream.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    writer.dispose();
  }

  private IIOMetadataNode timed(IIOMetadata metadata, int hundredths) {
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORM);
    IIOMetadataNode control = child(root, "GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", Integer.toString(hundredths));
    control.setAttribute("transparentColorIndex", "0");
    if (!begun) {
      IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
      loop.setAttribute("applicationID", "NETSCAPE");
      loop.setAttribute("authenticationCode", "2.0");
      loop.setUserObject(new byte[] {1, 0, 0}); // 0 times: without end
      child(root, "ApplicationExtensions").appendChild(loop);
      begun = true;
    }
    return root;
  }

  private static IIOMetadataNode child(IIOMetadataNode root, String name) {
    for (int i = 0; i < root.getLength(); i++) {
      if (root.item(i).getNodeName().equals(name)) {
        return (IIOMetadataNode) root.item(i);
      }
    }
    IIOMetadataNode made = new IIOMetadataNode(name);
    root.appendChild(made);
    return made;
  }
}
