package io.camaudit.input;

import io.camaudit.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which images of a listing an earlier one has too, with the same file, label and region. Found by
 * sorting both together, so in bounded memory and for listings in any order.
 *
 * @param file for each image of the listing, in its order, eight bytes: one more than its position
 *     in the earlier listing, or zero if it is new or has changed
 * @param unchanged how many are not zero
 * @param gone images of the earlier listing that this one does not name
 */
public record UnchangedImages(Path file, long unchanged, long gone) {
  /** Bytes in the file for each image. */
  public static final int WIDTH = Long.BYTES;

  private static final String EARLIER = "0";
  private static final String NOW = "1";

  /**
   * Compares two listings.
   *
   * @param earlier is read to its end
   * @param file is written
   */
  public static UnchangedImages find(ListingFile listing, InputStream earlier, Path file)
      throws IOException {
    try (LineSorter sorter = new LineSorter();
        InputStream now = Files.newInputStream(listing.file());
        RandomAccessFile positions = new RandomAccessFile(file.toFile(), "rw")) {
      add(earlier, EARLIER, sorter);
      add(now, NOW, sorter);
      positions.setLength(listing.images() * WIDTH);
      Pairs pairs = new Pairs(positions);
      sorter.forEach(pairs::add);
      pairs.finish();
      return new UnchangedImages(file, pairs.unchanged, pairs.gone);
    }
  }

  /** The positions in the earlier listing from a part of the file; -1 for none. */
  public static List<Long> read(byte[] part) {
    List<Long> positions = new ArrayList<>(part.length / WIDTH);
    ByteBuffer buffer = ByteBuffer.wrap(part);
    while (buffer.hasRemaining()) {
      positions.add(buffer.getLong() - 1);
    }
    return positions;
  }

  private static void add(InputStream listing, String which, LineSorter sorter) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(listing, StandardCharsets.UTF_8));
    long position = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine(), position++) {
      ListingLine image = ListingLine.parse(line);
      String key = image.key();
      String hash = key == null ? "" : Sha256.hex(key);
      // The hash of the name goes first, so that the two lines of one image are neighbours whatever
      // characters the sorter does not tell apart.
      sorter.add(
          image.name(),
          String.join("\t", Sha256.hex(image.name()), which, Long.toString(position), hash));
    }
  }

  /** Meets the images by name, those of the earlier listing just before those of this one. */
  private static final class Pairs {
    private final RandomAccessFile positions;
    private String[] earlier;
    private long unchanged;
    private long gone;

    Pairs(RandomAccessFile positions) {
      this.positions = positions;
    }

    void add(String line) throws IOException {
      String[] image = line.split("\t", -1);
      if (image[1].equals(EARLIER)) {
        finish();
        earlier = image;
        return;
      }
      boolean same = earlier != null && earlier[0].equals(image[0]);
      if (same && !image[3].isEmpty() && earlier[3].equals(image[3])) {
        positions.seek(Long.parseLong(image[2]) * WIDTH);
        positions.writeLong(Long.parseLong(earlier[2]) + 1);
        unchanged++;
      }
      if (!same) {
        finish();
      }
      earlier = null;
    }

    void finish() {
      gone += earlier == null ? 0 : 1;
      earlier = null;
    }
  }
}
