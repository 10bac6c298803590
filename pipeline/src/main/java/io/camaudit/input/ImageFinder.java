package io.camaudit.input;

import io.camaudit.storage.Locations;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StoredFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * Finds the images of a folder or a pattern by their names; what a file really is shows when it is
 * decoded. Left out and counted: other files, hidden ones, and what an earlier run wrote.
 */
final class ImageFinder {
  /** Suffixes that make a file in a folder an image, also of formats that end as UNSUPPORTED. */
  private static final Set<String> SUFFIXES =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "dib", "gif", "webp", "tif", "tiff", "heic",
          "heif", "avif", "jp2", "j2k", "jxl", "ppm", "pgm", "tga", "psd");

  /** Folders that operating systems put beside files. */
  private static final Set<String> SYSTEM_FOLDERS = Set.of("__MACOSX", "@eaDir");

  private final InputSpec input;
  private final LineSorter sorter;
  private final String base;
  private long skipped;

  private ImageFinder(InputSpec input, String root, LineSorter sorter) {
    this.input = input;
    this.sorter = sorter;
    this.base =
        Locations.local(root).map(p -> p.toAbsolutePath().normalize().toString()).orElse(root);
  }

  /**
   * Adds every image by its name.
   *
   * @return how many files were left out
   */
  static long list(InputSpec input, LineSorter sorter) throws IOException {
    String root = input.root();
    Path local = Locations.local(root).orElse(null);
    if (local != null && !input.isPattern() && Files.exists(local) && !Files.isDirectory(local)) {
      ImageFinder one = new ImageFinder(input, InputSpec.parent(root), sorter);
      one.add(root, stamp(Files.readAttributes(local, BasicFileAttributes.class)));
      return 0;
    }
    ImageFinder finder = new ImageFinder(input, root, sorter);
    if (local == null) {
      finder.match(root);
    } else if (Files.isDirectory(local)) {
      finder.walk(local);
    }
    return finder.skipped;
  }

  private void add(String location, FileStamp stamp) throws IOException {
    String name = relative(location);
    boolean labelled = input.labels() != LabelSource.NONE;
    ImageRef image =
        new ImageRef(
            0,
            name,
            location,
            labelled ? folderOf(name) : null,
            input.labels() == LabelSource.AUTO,
            List.of(),
            stamp);
    sorter.add(name, ListingLine.of(image));
  }

  private void match(String root) throws IOException {
    String pattern = input.isPattern() ? input.location() : Locations.resolve(root, "**");
    for (MatchResult.Metadata match : StoredFiles.match(pattern)) {
      String location = match.resourceId().toString();
      if (input.isPattern() || isImageName(location)) {
        add(location, new FileStamp(match.sizeBytes(), match.lastModifiedMillis()));
      } else {
        skipped++;
      }
    }
  }

  /** Visits every file below a folder, links followed. */
  private void walk(Path folder) throws IOException {
    PathMatcher pattern =
        input.isPattern()
            ? FileSystems.getDefault().getPathMatcher("glob:" + input.patternBelowRoot())
            : null;
    boolean ownRun = RunFolder.isRun(folder);
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (directory.equals(folder)) {
              return FileVisitResult.CONTINUE;
            }
            String name = directory.getFileName().toString();
            boolean runs =
                RunFolder.isRun(directory)
                    || (ownRun && folder.equals(directory.getParent()) && RunFolder.owns(name));
            if (runs || isHidden(directory) || SYSTEM_FOLDERS.contains(name)) {
              skipped++;
              return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            boolean wanted =
                pattern == null
                    ? isImageName(file.toString())
                    : pattern.matches(folder.relativize(file));
            if (wanted && !isHidden(file)) {
              add(file.toString(), stamp(attributes));
            } else {
              skipped++;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(folder)) {
              throw e;
            }
            // A folder without permission or a loop of links: its images cannot be named, so it
            // counts as left out.
            skipped++;
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static FileStamp stamp(BasicFileAttributes attributes) {
    return new FileStamp(attributes.size(), attributes.lastModifiedTime().toMillis());
  }

  private static boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  private static boolean isImageName(String name) {
    int dot = name.lastIndexOf('.');
    return dot >= 0 && SUFFIXES.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  private String relative(String location) {
    return Locations.local(location)
        .map(
            file ->
                Path.of(base)
                    .relativize(file.toAbsolutePath().normalize())
                    .toString()
                    .replace(File.separatorChar, '/'))
        .orElseGet(
            () ->
                location.startsWith(base + "/") ? location.substring(base.length() + 1) : location);
  }

  private static String folderOf(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? null : name.substring(name.lastIndexOf('/', slash - 1) + 1, slash);
  }
}
