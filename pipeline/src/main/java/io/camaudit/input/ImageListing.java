package io.camaudit.input;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.region.Box;
import io.camaudit.storage.ImageReader;
import io.camaudit.storage.Locations;
import io.camaudit.storage.StorageReason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The images of a run in their order: by name for a folder or a pattern, as written for a manifest.
 * Listing looks at names only; what a file really is shows when it is decoded.
 *
 * @param images in order, positions counted from 0
 * @param skipped files in the folder whose names are no images'
 * @param repeated manifest entries that name an image once more; the first entry counts
 */
public record ImageListing(List<ImageRef> images, long skipped, long repeated) {
  /** Suffixes that make a file in a folder an image, also of formats that end as UNSUPPORTED. */
  private static final Set<String> SUFFIXES =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "dib", "gif", "webp", "tif", "tiff", "heic",
          "heif", "avif", "jp2", "j2k", "jxl", "ppm", "pgm", "tga", "psd");

  private static final long MAX_MANIFEST_BYTES = 1L << 30;

  /**
   * Lists what {@code input} means.
   *
   * @throws UserException if it means nothing, or its manifest cannot be read
   */
  public static ImageListing of(InputSpec input) {
    ImageListing listing;
    try {
      listing = input.isManifest() ? manifest(input) : files(input);
    } catch (FileNotFoundException e) {
      throw nothing(input);
    } catch (IOException e) {
      throw UserException.wrongArguments(
          "Cannot list %s: %s.", input.location(), StorageReason.of(e));
    }
    if (listing.images.isEmpty()) {
      throw nothing(input);
    }
    return listing;
  }

  /** Cuts the list into batches; only the last may be smaller. */
  public List<ImageBatch> batches(int size) {
    List<ImageBatch> batches = new ArrayList<>(images.size() / size + 1);
    for (int from = 0; from < images.size(); from += size) {
      batches.add(new ImageBatch(images.subList(from, Math.min(from + size, images.size()))));
    }
    return batches;
  }

  private static UserException nothing(InputSpec input) {
    return new UserException(
        ExitCode.NOTHING_MATCHED,
        "No image matches %s: give a folder that holds images, a pattern such as 'photos/**.jpg', or a manifest."
            .formatted(input.location()));
  }

  private static ImageListing files(InputSpec input) throws IOException {
    boolean labelled = input.labels() != LabelSource.NONE;
    List<String> locations = new ArrayList<>();
    long skipped = 0;
    String root = input.root();
    if (!input.isPattern() && Locations.local(root).isPresent()) {
      Path folder = Locations.local(root).get();
      if (Files.isDirectory(folder)) {
        skipped = walk(folder, locations);
      } else if (Files.exists(folder)) {
        locations.add(root);
        root = InputSpec.parent(root);
      }
    } else {
      String pattern = input.isPattern() ? input.location() : Locations.resolve(root, "**");
      for (MatchResult.Metadata match :
          FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata()) {
        if (match.resourceId().isDirectory()) {
          continue;
        }
        if (input.isPattern() || isImageName(match.resourceId().toString())) {
          locations.add(match.resourceId().toString());
        } else {
          skipped++;
        }
      }
    }
    String base = absolute(root);
    List<ImageRef> found = new ArrayList<>(locations.size());
    for (String location : locations) {
      String name = relative(base, location);
      found.add(
          new ImageRef(
              0,
              name,
              location,
              labelled ? folderOf(name) : null,
              input.labels() == LabelSource.AUTO,
              List.of()));
    }
    found.sort(Comparator.comparing(ImageRef::name));
    return new ImageListing(numbered(found), skipped, 0);
  }

  /**
   * Adds every image below a folder, links followed, hidden files and folders left out; counts the
   * other files.
   */
  private static long walk(Path folder, List<String> locations) throws IOException {
    long[] skipped = {0};
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return isHidden(directory) && !directory.equals(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isHidden(file) && isImageName(file.toString())) {
              locations.add(file.toString());
            } else {
              skipped[0]++;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(folder)) {
              throw e;
            }
            // A folder without permission or a loop of links: its images cannot be named, so it
            // counts as skipped.
            skipped[0]++;
            return FileVisitResult.CONTINUE;
          }
        });
    return skipped[0];
  }

  private static ImageListing manifest(InputSpec input) throws IOException {
    byte[] content = new ImageReader(MAX_MANIFEST_BYTES).read(input.location());
    Map<String, ImageRef> found = new LinkedHashMap<>();
    long repeated = 0;
    int entry = 0;
    for (ObjectNode row : Manifest.read(input.location(), content)) {
      entry++;
      String name = Manifest.text(row, "image").replace('\\', '/');
      List<Box> boxes = Manifest.box(row, input.location(), entry).map(List::of).orElse(List.of());
      ImageRef earlier = found.get(name);
      if (earlier != null) {
        // One entry a box is how such lists are written: its boxes count, the rest is said already.
        repeated += boxes.isEmpty() ? 1 : 0;
        found.put(name, earlier.withBoxes(boxes));
        continue;
      }
      boolean absolute = name.startsWith("/") || name.matches("^[A-Za-z][A-Za-z0-9+.-]+:/.*");
      String location = absolute ? name : Locations.resolve(input.root(), name);
      String label = input.labels() == LabelSource.NONE ? null : Manifest.text(row, "label");
      found.put(name, new ImageRef(0, name, location, label, false, boxes));
    }
    return new ImageListing(numbered(found.values()), 0, repeated);
  }

  private static List<ImageRef> numbered(Collection<ImageRef> images) {
    List<ImageRef> numbered = new ArrayList<>(images.size());
    for (ImageRef image : images) {
      numbered.add(image.at(numbered.size()));
    }
    return Collections.unmodifiableList(numbered);
  }

  private static boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  private static boolean isImageName(String name) {
    int dot = name.lastIndexOf('.');
    return dot >= 0 && SUFFIXES.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  private static String absolute(String root) {
    return Locations.local(root).map(p -> p.toAbsolutePath().normalize().toString()).orElse(root);
  }

  private static String relative(String base, String location) {
    return Locations.local(location)
        .map(
            file ->
                Path.of(base)
                    .relativize(file.toAbsolutePath().normalize())
                    .toString()
                    .replace('\\', '/'))
        .orElseGet(
            () ->
                location.startsWith(base + "/") ? location.substring(base.length() + 1) : location);
  }

  private static String folderOf(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? null : name.substring(name.lastIndexOf('/', slash - 1) + 1, slash);
  }
}
