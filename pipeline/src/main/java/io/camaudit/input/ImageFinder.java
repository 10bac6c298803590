package io.camaudit.input;

import io.camaudit.input.LeftOut.Why;
import io.camaudit.storage.Locations;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StoredListing;
import io.camaudit.storage.SystemFiles;
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

/**
 * Finds the images of a folder or a pattern by their names, and where a name has no suffix by their
 * content; what a file really is shows when it is decoded. Left out and counted: other files,
 * hidden ones, and what an earlier run wrote.
 */
final class ImageFinder {
  private final InputSpec input;
  private final ListedImages images;
  private final String base;
  private final LeftOut leftOut = new LeftOut();
  private long byContent;

  private ImageFinder(InputSpec input, String root, ListedImages images) {
    this.input = input;
    this.images = images;
    this.base =
        Locations.local(root).map(p -> p.toAbsolutePath().normalize().toString()).orElse(root);
  }

  /**
   * Adds every image by its name.
   *
   * @return how many files were left out
   */
  static long list(InputSpec input, ListedImages images) throws IOException {
    String root = input.root();
    Path local = Locations.local(root).orElse(null);
    Path file = Locations.local(input.location()).orElse(null);
    if (file != null && !input.isPattern() && Files.exists(file) && !Files.isDirectory(file)) {
      ImageFinder one = new ImageFinder(input, InputSpec.parent(input.location()), images);
      one.add(
          input.location(), FileStamp.of(Files.readAttributes(file, BasicFileAttributes.class)));
      return 0;
    }
    ImageFinder finder = new ImageFinder(input, root, images);
    if (local == null) {
      finder.match(root);
    } else if (Files.isDirectory(local)) {
      finder.walk(local);
    }
    finder.tell();
    return finder.leftOut.count();
  }

  private void add(String location, FileStamp stamp) throws IOException {
    String name = relative(location);
    ImageRef image = new ImageRef(0, name, location, null, false, List.of(), stamp);
    images.add(name, input.labelledByFolder(image));
  }

  private void match(String root) throws IOException {
    String pattern = input.isPattern() ? input.location() : Locations.resolve(root, "**");
    StoredListing.visit(
        pattern,
        file -> {
          String location = file.resourceId().toString();
          if (input.isPattern() || ImageNames.isImage(location)) {
            add(location, FileStamp.of(file));
          } else {
            leftOut.add(location);
          }
        });
  }

  private void tell() {
    if (byContent > 0) {
      images.note(
          String.format(
              Locale.ROOT,
              "Files whose names do not say so, and whose content is a picture: %,d.",
              byContent));
    }
    if (leftOut.count() > 0) {
      images.note(leftOut.sentence());
    }
  }

  /** Visits every file below a folder; links are followed unless they lead out of it. */
  private void walk(Path folder) throws IOException {
    Enclosure enclosure = new Enclosure(folder.toString(), input.outside());
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
                RunFolder.isResult(directory)
                    || (ownRun && folder.equals(directory.getParent()) && RunFolder.owns(name));
            Why why = runs ? Why.EARLIER_RUN : why(directory, name, enclosure);
            if (why != null) {
              leftOut.add(why, shown(folder, directory));
              return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = file.getFileName().toString();
            Why why = why(file, name, enclosure);
            if (why != null) {
              leftOut.add(why, shown(folder, file));
            } else if (pattern == null ? isImage(file) : pattern.matches(folder.relativize(file))) {
              add(file.toString(), FileStamp.of(attributes));
            } else {
              leftOut.add(name);
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
            leftOut.add(Why.NOT_OPENED, shown(folder, file));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Why a file or folder is left out whatever it is; null if it is not. */
  private static Why why(Path path, String name, Enclosure enclosure) {
    if (SystemFiles.isSystem(name)) {
      return Why.SYSTEM;
    }
    if (SystemFiles.isHidden(name)) {
      return Why.HIDDEN;
    }
    return enclosure.holds(path) ? null : Why.LEADS_OUT;
  }

  private static String shown(Path folder, Path path) {
    return folder.relativize(path).toString().replace(File.separatorChar, '/');
  }

  private boolean isImage(Path file) {
    String name = file.getFileName().toString();
    if (ImageNames.isImage(name)) {
      return true;
    }
    boolean picture = ImageNames.saysNothing(name) && ImageNames.isPicture(file);
    byContent += picture ? 1 : 0;
    return picture;
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
}
