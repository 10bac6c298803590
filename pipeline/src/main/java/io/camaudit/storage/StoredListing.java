package io.camaudit.storage;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystemUtils;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;

/** Which files there are, on storage other than the local disks. */
public final class StoredListing {
  /** A file of these is there once its stream is closed, whole; others show it while it grows. */
  private static final Set<String> OBJECT_STORES = Set.of("s3", "gs", "azfs");

  /** A pattern's part before its first wildcard. */
  private static final Pattern PREFIX = Pattern.compile("^[^\\[*?]*");

  private StoredListing() {}

  /** Takes a file that was found. */
  @FunctionalInterface
  public interface Visitor {
    void visit(MatchResult.Metadata file) throws IOException;
  }

  /** Whether addresses mean objects: there are no folders, and nothing half-written is seen. */
  static boolean isObjectStore(String location) {
    return OBJECT_STORES.contains(Locations.scheme(location));
  }

  /**
   * Visits the files that fit a pattern, in whatever order; where storage lists them page by page,
   * no more than a page of them is held.
   */
  public static void visit(String pattern, Visitor visitor) throws IOException {
    Optional<ObjectStore> store = Storage.objectStore(pattern);
    Matcher prefix = PREFIX.matcher(pattern);
    if (store.isEmpty() || !prefix.find() || prefix.end() == pattern.length()) {
      for (MatchResult.Metadata file : matchByBeam(pattern)) {
        visitor.visit(file);
      }
      return;
    }
    visit(store.get(), prefix.group(), pattern, visitor);
  }

  static void visit(ObjectStore store, String prefix, String pattern, Visitor visitor)
      throws IOException {
    Pattern wanted = Pattern.compile(FileSystemUtils.wildcardToRegexp(pattern));
    visitPages(
        store,
        prefix,
        true,
        page -> {
          for (MatchResult.Metadata object : page.objects()) {
            if (wanted.matcher(object.resourceId().toString()).matches()) {
              visitor.visit(object);
            }
          }
        });
  }

  /** Takes a part of a listing. */
  private interface PageVisitor {
    void visit(ObjectStore.Page page) throws IOException;
  }

  private static void visitPages(
      ObjectStore store, String prefix, boolean deep, PageVisitor visitor) throws IOException {
    String after = null;
    do {
      String last = after;
      ObjectStore.Page page = Retries.run(() -> store.list(prefix, deep, last));
      visitor.visit(page);
      after = page.next();
    } while (after != null);
  }

  /**
   * Names of the files and folders in a folder. Object stores that can be asked through Beam only
   * list whatever lies below it for that.
   */
  static SortedSet<String> entries(String folder) throws IOException {
    SortedSet<String> names = new TreeSet<>();
    String below = Locations.resolve(folder, "");
    Visitor add =
        file -> {
          String path = file.resourceId().toString().substring(below.length());
          names.add(path.contains("/") ? path.substring(0, path.indexOf('/')) : path);
        };
    Optional<ObjectStore> store = Storage.objectStore(folder);
    if (store.isEmpty()) {
      visit(below + "**", add);
      return names;
    }
    visitPages(
        store.get(),
        below,
        false,
        page -> {
          names.addAll(page.folders());
          for (MatchResult.Metadata object : page.objects()) {
            add.visit(object);
          }
        });
    return names;
  }

  /** Names of the folders in a folder that hold a file of such a name, as far as it is cheap. */
  static SortedSet<String> foldersWith(String folder, List<String> patterns) throws IOException {
    SortedSet<String> names = new TreeSet<>();
    String below = Locations.resolve(folder, "");
    Optional<ObjectStore> store = Storage.objectStore(folder);
    if (store.isPresent()) {
      visitPages(store.get(), below, false, page -> names.addAll(page.folders()));
      return names;
    }
    for (String pattern : patterns) {
      visit(
          below + "*/" + pattern,
          found -> {
            String path = found.resourceId().toString().substring(below.length());
            names.add(path.substring(0, path.indexOf('/')));
          });
    }
    return names;
  }

  /** The files that fit a pattern, by name; an empty list if there are none. */
  static List<MatchResult.Metadata> match(String pattern) throws IOException {
    SortedMap<String, MatchResult.Metadata> files = new TreeMap<>();
    visit(pattern, file -> files.put(file.resourceId().toString(), file));
    return List.copyOf(files.values());
  }

  private static Iterable<MatchResult.Metadata> matchByBeam(String pattern) throws IOException {
    SortedMap<String, MatchResult.Metadata> files = new TreeMap<>();
    for (MatchResult.Metadata file : matchOnce(pattern)) {
      files.put(file.resourceId().toString(), file);
    }
    if (pattern.contains("**") && Locations.local(pattern).isEmpty() && !isObjectStore(pattern)) {
      // Beam's ** leaves out what lies in HDFS' topmost folder itself, and its * lists folders too.
      for (MatchResult.Metadata file : matchOnce(pattern.replace("**", "*"))) {
        String name = file.resourceId().toString();
        if (!isFolder(file, files.tailMap(name + "/"))) {
          files.put(name, file);
        }
      }
    }
    return files.values();
  }

  /** A folder has no length, and either files or no suffix, as far as a listing tells. */
  private static boolean isFolder(
      MatchResult.Metadata file, SortedMap<String, MatchResult.Metadata> following) {
    String name = file.resourceId().toString();
    boolean holdsFiles = !following.isEmpty() && following.firstKey().startsWith(name + "/");
    return file.sizeBytes() == 0 && (holdsFiles || name.indexOf('.', name.lastIndexOf('/')) < 0);
  }

  private static List<MatchResult.Metadata> matchOnce(String pattern) throws IOException {
    return Retries.run(
        () ->
            FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata().stream()
                .filter(file -> !file.resourceId().isDirectory())
                .toList());
  }
}
