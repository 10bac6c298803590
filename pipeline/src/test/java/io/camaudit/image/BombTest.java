package io.camaudit.image;

import static io.camaudit.image.Bombs.bmp;
import static io.camaudit.image.Bombs.deflatedZeros;
import static io.camaudit.image.Bombs.gif;
import static io.camaudit.image.Bombs.jpegOfScans;
import static io.camaudit.image.Bombs.jpegOfSize;
import static io.camaudit.image.Bombs.png;
import static io.camaudit.image.Bombs.tiff;
import static io.camaudit.image.Bombs.webp;
import static io.camaudit.image.Bombs.withSegment;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Small files that would take gigabytes or minutes: each ends soon, in a picture of the size that
 * was admitted or in a reason, and takes no more memory than that size.
 */
final class BombTest {
  private static final int SECONDS = 20;
  private static final int MEGABYTES = 100;
  private static final DecodeLimits LIMITS = new DecodeLimits(1_000_000, 256 << 20);

  private static final byte[] JPEG = Fixtures.bytes("rgb.jpg");
  private static final byte[] PROGRESSIVE = Fixtures.bytes("progressive.jpg");

  private record Bomb(byte[] file, String ends) {}

  private final Map<String, Bomb> bombs = new LinkedHashMap<>();

  @Test
  void eachEndsSoonAndInLittleMemory() throws InterruptedException, IOException {
    pngs();
    gifsWebpsAndBmps();
    tiffs();
    jpegs();
    List<String> wrong = new ArrayList<>();
    ExecutorService thread = Executors.newSingleThreadExecutor(BombTest::daemon);
    try (ImageDecoder decoder = new ImageDecoder(LIMITS, true)) {
      decoder.decode(JPEG);
      for (Map.Entry<String, Bomb> bomb : bombs.entrySet()) {
        resetPeak();
        long before = residentMegabytes("VmRSS:");
        Bomb it = bomb.getValue();
        Future<String> end = thread.submit(() -> end(decoder, it.file));
        long start = System.nanoTime();
        try {
          String found = end.get(SECONDS, TimeUnit.SECONDS);
          long megabytes = residentMegabytes("VmHWM:") - before;
          System.out.printf(
              "%-40s %,9d bytes: %-12s %5d ms %4d MB%n",
              bomb.getKey(),
              it.file.length,
              found,
              (System.nanoTime() - start) / 1_000_000,
              megabytes);
          if (!Arrays.asList(it.ends.split("\\|")).contains(found)) {
            wrong.add(bomb.getKey() + " ends as " + found + ", not " + it.ends);
          }
          if (megabytes > MEGABYTES) {
            wrong.add(bomb.getKey() + " took " + megabytes + " MB");
          }
        } catch (ExecutionException e) {
          wrong.add(bomb.getKey() + ": " + e.getCause());
        } catch (TimeoutException e) {
          wrong.add(bomb.getKey() + " takes more than " + SECONDS + " s");
          thread = Executors.newSingleThreadExecutor(BombTest::daemon);
        }
      }
    } catch (ImageException e) {
      throw new AssertionError(e);
    }
    assertThat(wrong).isEmpty();
  }

  private void pngs() {
    bomb("PNG of 60000 x 60000", png(60000, 60000, 8, deflatedZeros(1 << 20)), "TOO_LARGE");
    bomb("PNG of 2^31 - 1 columns", png(Integer.MAX_VALUE, 1, 1, new byte[9]), "TOO_LARGE");
    bomb("PNG of negative size", png(-1, -1, 8, new byte[9]), "CORRUPT");
    bomb("PNG whose chunks swell", Bombs.pngOfSwollenChunks(), "OK|CORRUPT");
    bomb("PNG of a gigabyte too much", png(8, 8, 8, deflatedZeros(1L << 30)), "OK|CORRUPT");
    byte[] exif = Bombs.pngChunk("eXIf", Bombs.endlessExif());
    bomb("PNG of endless EXIF", png(8, 8, 8, deflatedZeros(72), exif), "OK|CORRUPT");
    // A small header before the real one.
    byte[] real = png(60000, 60000, 8, deflatedZeros(1 << 20));
    byte[] hidden =
        new Bombs.Bytes(ByteOrder.BIG_ENDIAN)
            .bytes(Arrays.copyOf(real, 8))
            .bytes(Bombs.pngChunk("tEXt", new byte[] {0, 0, 0, 8, 0, 0, 0, 8}))
            .bytes(Arrays.copyOfRange(real, 8, real.length))
            .done();
    bomb("PNG with a chunk before its header", hidden, "CORRUPT");
  }

  private void gifsWebpsAndBmps() {
    bomb("GIF with a canvas of 65535 x 65535", gif(65535, 1, 1), "TOO_LARGE");
    bomb("GIF with a frame of 65535 x 65535", gif(1, 65535, 65535), "TOO_LARGE");
    bomb("GIF that ends early", gif(1000, 1000, 1000), "OK|CORRUPT");
    bomb("WebP of one colour, 16384 x 16384", webp(16384, 16384), "TOO_LARGE");
    bomb("WebP of one colour, 1000 x 1000", webp(1000, 1000), "OK|CORRUPT");
    byte[] end = {0, 1};
    bomb("BMP of 60000 x 60000 in run lengths", bmp(60000, 60000, 1, 0, end), "TOO_LARGE");
    bomb("BMP of no run at all", bmp(1000, 1000, 1, 0, end), "OK|CORRUPT");
    bomb("BMP of negative size", bmp(-1000, Integer.MIN_VALUE, 1, 0, end), "CORRUPT|TOO_LARGE");
    byte[] deltas = new byte[1 << 20];
    for (int i = 0; i + 3 < deltas.length; i += 4) {
      deltas[i + 1] = 2;
      deltas[i + 2] = -1;
      deltas[i + 3] = -1;
    }
    bomb("BMP of steps out of the picture", bmp(100, 100, 1, 0, deltas), "OK|CORRUPT");
    bomb("BMP of two thousand million colours", bmp(10, 10, 0, 0x7fffffff, end), "OK|CORRUPT");
    byte[] large = png(60000, 60000, 8, deflatedZeros(1 << 20));
    bomb("BMP around a PNG", bmp(8, 8, 5, 0, large), "UNSUPPORTED");
    bomb("BMP around a JPEG", bmp(8, 8, 4, 0, jpegOfSize(JPEG, 65500, 65500)), "UNSUPPORTED");
  }

  private void tiffs() {
    byte[] gigabyte = deflatedZeros(1L << 30);
    byte[] zeros = new byte[1 << 16];
    int[] compressions = {1, 2, 3, 4, 5, 6, 7, 8, 32771, 32773, 32809, 32946};
    for (int compression : compressions) {
      boolean fax = compression >= 2 && compression <= 4;
      byte[] data = compression == 8 || compression == 32946 ? gigabyte : zeros;
      String name = "TIFF, compression " + compression;
      int bits = fax ? 1 : compression == 32809 ? 4 : 8;
      bomb(name + " of 60000 x 60000", tiff(60000, 60000, bits, compression, data), "TOO_LARGE");
      String any = "OK|CORRUPT|UNSUPPORTED";
      bomb(name + " that swells", tiff(8, 8, bits, compression, data), any);
      bomb(name + " of few data", tiff(1000, 1000, bits, compression, new byte[] {0, 1}), any);
    }
    String refused = "TOO_LARGE|CORRUPT|UNSUPPORTED";
    bomb(
        "TIFF of tiles of 65520 x 65520",
        tiff(8, 8, 1, zeros, Bombs.Tag.of(322, 65520), Bombs.Tag.of(323, 65520)),
        refused);
    bomb(
        "TIFF of tiles of 2^31 - 16 columns",
        tiff(8, 8, 8, gigabyte, Bombs.Tag.of(322, 0x7ffffff0), Bombs.Tag.of(323, 16)),
        refused);
    bomb(
        "TIFF of 65535 samples a pixel",
        tiff(1000, 1000, 8, gigabyte, Bombs.Tag.of(277, 65535)),
        "OK|" + refused);
    for (byte[] jpeg : new byte[][] {JPEG, PROGRESSIVE}) {
      byte[] inner = jpegOfSize(jpeg, 65500, 65500);
      String name =
          "TIFF around a " + (jpeg == JPEG ? "" : "progressive ") + "JPEG of 65500 x 65500";
      Bombs.Tag colours = Bombs.Tag.of(262, 6);
      bomb(name, tiff(32, 24, 7, inner, colours, Bombs.Tag.of(277, 3)), refused);
      bomb(name + ", old", tiff(32, 24, 6, inner, colours, Bombs.Tag.of(277, 3)), refused);
    }
    byte[] loop = Bombs.endlessExif();
    bomb("TIFF of endless directories", loop, "CORRUPT|UNSUPPORTED");
    bomb(
        "TIFF of 2^31 strips",
        tiff(8, 8, 1, zeros, new Bombs.Tag(273, 4, 0x7fffffff, 8)),
        "OK|CORRUPT|TOO_LARGE");
  }

  private void jpegs() {
    bomb("JPEG of 65535 x 65535", jpegOfSize(JPEG, 65535, 65535), "TOO_LARGE");
    bomb("progressive JPEG, 65535 x 65535", jpegOfSize(PROGRESSIVE, 65535, 65535), "TOO_LARGE");
    bomb("JPEG of 5000 scans", jpegOfScans(1000, 1000, 5000), "TOO_LARGE");
    bomb("JPEG of 100 scans", jpegOfScans(1000, 1000, 100), "OK|CORRUPT");
    byte[] exif =
        new Bombs.Bytes(ByteOrder.BIG_ENDIAN).text("Exif\0\0").bytes(Bombs.endlessExif()).done();
    bomb("JPEG of endless EXIF", withSegment(JPEG, 0xe1, exif), "OK");
    // libjpeg takes a marker without a length for what it is; who reads one skips the real frame.
    byte[] real = jpegOfSize(PROGRESSIVE, 65000, 65000);
    byte[] hidden =
        new Bombs.Bytes(ByteOrder.BIG_ENDIAN)
            .u16(0xffd8, 0xff01)
            .bytes(Arrays.copyOfRange(real, 2, real.length))
            .done();
    byte[] padded = Arrays.copyOf(hidden, 70_000);
    byte[] both =
        new Bombs.Bytes(ByteOrder.BIG_ENDIAN)
            .bytes(padded)
            .bytes(Arrays.copyOfRange(JPEG, 2, JPEG.length))
            .done();
    bomb("JPEG whose frame is hidden", both, "TOO_LARGE");
  }

  private void bomb(String name, byte[] file, String ends) {
    bombs.put(name, new Bomb(file, ends));
  }

  private static String end(ImageDecoder decoder, byte[] file) {
    String stored = end(file);
    try {
      RgbImage image = decoder.decode(file).image();
      assertThat((long) image.width() * image.height()).isLessThanOrEqualTo(LIMITS.maxPixels());
      return "OK";
    } catch (ImageException e) {
      // Masks are read with the same care: of a TIFF the JPEG inside counts too.
      if (e.reason() == ImageException.Reason.TOO_LARGE && (file[0] == 'I' || file[0] == 'M')) {
        assertThat(stored).isNotEqualTo("OK");
      }
      return e.reason().name();
    }
  }

  private static String end(byte[] file) {
    try {
      BufferedImage image = StoredPicture.read(file, LIMITS.maxPixels());
      assertThat((long) image.getWidth() * image.getHeight())
          .isLessThanOrEqualTo(LIMITS.maxPixels());
      return "OK";
    } catch (ImageException e) {
      return e.reason().name();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  /** From here on the kernel's high-water mark counts anew, where it lets us. */
  private static void resetPeak() throws IOException {
    System.gc();
    Path clear = Path.of("/proc/self/clear_refs");
    if (Files.isWritable(clear)) {
      Files.writeString(clear, "5");
    }
  }

  private static long residentMegabytes(String line) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status, ISO_8859_1).stream()
        .filter(l -> l.startsWith(line))
        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
