package io.camaudit.region;

import io.camaudit.region.RegionProblems.Kind;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files below a folder of regions. Links are followed; hidden files, and those that systems
 * leave beside others, are left out; what is no regular file is never opened.
 */
final class RegionFiles {
  private static final Set<String> SYSTEM = Set.of("__macosx", "thumbs.db", "desktop.ini");

  private RegionFiles() {}

  /** By path in the folder with forward slashes, sorted: no file system's order shows. */
  static SortedMap<String, Path> below(Path folder, RegionProblems.Tally tally) {
    SortedMap<String, Path> found = new TreeMap<>();
    SortedMap<String, Path> system = new TreeMap<>();
    try {
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            private int hidden; // depth below a folder of a system's

            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes a) {
              hidden += hidden > 0 || (!directory.equals(folder) && isSystem(directory)) ? 1 : 0;
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) {
              hidden -= hidden > 0 ? 1 : 0;
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                boolean left = hidden > 0 || isSystem(file);
                (left ? system : found)
                    .put(NameIndex.normalise(folder.relativize(file).toString()), file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (file.equals(folder)) {
                throw e;
              }
              // A loop of links, a link to nothing, a folder without permission.
              tally.add(
                  Kind.BROKEN_FILE,
                  NameIndex.normalise(folder.relativize(file).toString()),
                  "cannot be opened");
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw Place.unreadable(folder, e);
    }
    // A .DS_Store is left out by everybody; a ._cat.xml looks as if it had to count.
    system.keySet().stream()
        .filter(name -> isAnnotationName(name.toLowerCase(Locale.ROOT)))
        .forEach(name -> tally.add(Kind.SYSTEM_FILE, name));
    return found;
  }

  private static boolean isAnnotationName(String lowerCaseName) {
    return lowerCaseName.endsWith(".xml") || MaskFolder.isMask(lowerCaseName);
  }

  private static boolean isSystem(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") || SYSTEM.contains(name.toLowerCase(Locale.ROOT));
  }
}
