package io.camaudit.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** One of ImageIO's plug-ins with a file open in it. Not for several threads. */
final class PlugIn implements AutoCloseable {
  /** Looking a plug-in up walks over all of them, so it is done once a format. */
  private static final Map<ImageFormat, ImageReaderSpi> PROVIDERS = new ConcurrentHashMap<>();

  private final ImageFormat format;
  private final ImageReader reader;

  private PlugIn(ImageFormat format, ImageReader reader) {
    this.format = format;
    this.reader = reader;
  }

  static PlugIn open(ImageFormat format, byte[] file) throws ImageException {
    return open(format, file, true);
  }

  /** The same where metadata decide what pixels mean, as PNG's transparent colour does. */
  static PlugIn openWithMetadata(ImageFormat format, byte[] file) throws ImageException {
    return open(format, file, false);
  }

  private static PlugIn open(ImageFormat format, byte[] file, boolean ignoreMetadata)
      throws ImageException {
    PlugIn plugIn = new PlugIn(format, reader(format));
    try {
      // The stream holds nothing but memory: it need not be closed.
      ForeignDecoder.call(
          format,
          () -> {
            plugIn.reader.setInput(
                new MemoryCacheImageInputStream(new ByteArrayInputStream(file)),
                true,
                ignoreMetadata);
            return null;
          });
      return plugIn;
    } catch (ImageException e) {
      plugIn.close();
      throw e;
    }
  }

  int width() throws ImageException {
    return ForeignDecoder.call(format, () -> reader.getWidth(0));
  }

  int height() throws ImageException {
    return ForeignDecoder.call(format, () -> reader.getHeight(0));
  }

  BufferedImage pixels() throws ImageException {
    return ForeignDecoder.call(format, () -> reader.read(0));
  }

  /** The first element of a name in the picture's metadata. */
  Node metadata(String form, String element) throws ImageException {
    return ForeignDecoder.call(
        format,
        () ->
            ((Element) reader.getImageMetadata(0).getAsTree(form))
                .getElementsByTagName(element)
                .item(0));
  }

  @Override
  public void close() {
    reader.dispose();
  }

  private static ImageReader reader(ImageFormat format) {
    ImageReaderSpi provider =
        PROVIDERS.computeIfAbsent(
            format,
            wanted -> {
              Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(wanted.name());
              return readers.next().getOriginatingProvider();
            });
    try {
      return provider.createReaderInstance();
    } catch (IOException e) {
      throw new IllegalStateException("no reader for " + format, e);
    }
  }
}
