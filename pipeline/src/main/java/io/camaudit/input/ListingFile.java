package io.camaudit.input;

import io.camaudit.ExitCode;
import io.camaudit.Sha256;
import io.camaudit.UserException;
import io.camaudit.storage.RegularFile;
import io.camaudit.storage.StorageReason;
import io.camaudit.storage.TemporaryFiles;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The images of a run in their order, written to a file, one a line: by name for a folder or a
 * pattern, as written for a manifest. Made, read and cut into blocks without holding it, so that a
 * million images take the memory of a thousand.
 *
 * @param file where it lies
 * @param images how many it lists, at least 1
 * @param skipped files that were left out: no images by their names, not matched, or a run's own
 * @param repeated manifest entries that name an image once more; the first entry counts
 * @param sha256 of the file, which says whether two listings saw the same files
 * @param labels images by what the listing says of their class
 * @param notes what was chosen for the user in reading the input, and what was left out, a sentence
 *     each
 */
public record ListingFile(
    Path file,
    long images,
    long skipped,
    long repeated,
    String sha256,
    SortedMap<LabelText, Long> labels,
    List<String> notes) {
  /**
   * Lists what {@code input} means.
   *
   * @param file is written
   * @throws UserException if it means nothing, or its manifest cannot be read
   */
  public static ListingFile write(InputSpec input, Path file) {
    return write(input, file, null, image -> image);
  }

  /**
   * The same, and of each image what its region is.
   *
   * @param regions tells an image's region from any other, null for an image without one; null if
   *     there are no regions
   * @param relabel may give an image other labels
   */
  public static ListingFile write(
      InputSpec input,
      Path file,
      Function<ImageRef, String> regions,
      UnaryOperator<ImageRef> relabel) {
    long[] skipped = {0};
    long[] repeated = {0};
    long[] images = {0};
    LabelTally labels = new LabelTally();
    List<String> notes = new ArrayList<>();
    MessageDigest digest = Sha256.digest();
    try (LineSorter sorted = new LineSorter();
        OutputStream out =
            new BufferedOutputStream(
                new DigestOutputStream(Files.newOutputStream(file), digest), 1 << 16)) {
      ListedImages listed = new ListedImages(sorted, labels, notes, relabel);
      if (input.isManifest()) {
        RegularFile.check(input.location());
        repeated[0] = ManifestEntries.list(input, listed);
      } else {
        skipped[0] = ImageFinder.list(input, listed);
      }
      sorted.forEach(
          line -> {
            String whole = regions == null ? line : withRegion(line, regions);
            out.write(whole.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
            images[0]++;
          });
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw nothing(input, List.of());
    } catch (IOException e) {
      throw TemporaryFiles.noRoom(e)
          .orElseGet(
              () ->
                  new UserException(
                      StorageReason.code(e, ExitCode.WRONG_ARGUMENTS),
                      String.format(
                          Locale.ROOT,
                          "Cannot list %s: %s.",
                          input.location(),
                          StorageReason.of(e)),
                      e));
    }
    if (images[0] == 0) {
      throw nothing(input, notes);
    }
    return new ListingFile(
        file,
        images[0],
        skipped[0],
        repeated[0],
        Sha256.hex(digest),
        labels.images(),
        List.copyOf(notes));
  }

  /**
   * Cuts the listing into blocks.
   *
   * @param length images of each but the last
   */
  public List<ImageBlock> blocks(int length) throws IOException {
    List<ImageBlock> blocks = new ArrayList<>();
    long position = 0;
    long offset = 0;
    long start = 0;
    int inBlock = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          offset++;
          if (buffer[i] == '\n') {
            inBlock++;
            position++;
            if (inBlock == length || position == images) {
              blocks.add(
                  new ImageBlock(
                      blocks.size(),
                      position - inBlock,
                      inBlock,
                      start,
                      Math.toIntExact(offset - start)));
              start = offset;
              inBlock = 0;
            }
          }
        }
      }
    }
    return blocks;
  }

  /** The images of a block from its part of a listing's file. */
  public static List<ImageRef> read(ImageBlock block, byte[] lines) throws IOException {
    List<ImageRef> images = new ArrayList<>(block.images());
    ListingLine.forEach(
        new ByteArrayInputStream(lines), block.firstPosition(), (line, image) -> images.add(image));
    if (images.size() != block.images()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "block %d of the listing holds %d images, not %d",
              block.number(),
              images.size(),
              block.images()));
    }
    return images;
  }

  /**
   * An image of a listing.
   *
   * @param region tells its region from any other, as {@link #write} was told; null without one
   */
  public record Entry(ImageRef image, String region) {}

  /**
   * Some images of a listing's file by their names, without holding the others.
   *
   * @param listing the file from its start; left open
   */
  public static Map<String, Entry> named(InputStream listing, Set<String> names)
      throws IOException {
    Map<String, Entry> found = new HashMap<>();
    ListingLine.forEach(
        listing,
        0,
        (line, image) -> {
          if (names.contains(image.name())) {
            found.put(image.name(), new Entry(image, line.region()));
          }
        });
    return found;
  }

  private static String withRegion(String line, Function<ImageRef, String> regions)
      throws IOException {
    ImageRef image = ListingLine.read(line, 0);
    String region = regions.apply(image);
    return region == null ? line : ListingLine.of(image, region);
  }

  /** What was left out may be what was meant. */
  private static UserException nothing(InputSpec input, List<String> notes) {
    return new UserException(
        ExitCode.NOTHING_MATCHED,
        String.format(
            Locale.ROOT,
            "No image matches %s: give a folder that holds images, a pattern such as 'photos/**.jpg', or a manifest.%s",
            input.location(),
            notes.isEmpty() ? "" : " " + String.join(" ", notes)));
  }
}
