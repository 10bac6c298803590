package io.camaudit.region;

import io.camaudit.ExitCode;
import io.camaudit.Sha256;
import io.camaudit.UserException;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.storage.LocalCopies;
import io.camaudit.storage.Locations;
import io.camaudit.storage.Secrets;
import io.camaudit.storage.StorageReason;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Where regions are and which of them count. Small and serialisable: a worker takes this along and
 * reads the regions itself, once a process ({@link #shared}).
 *
 * @param path a COCO JSON file, or a folder of Pascal VOC XML files, or of masks
 * @param counting whose regions count for an image
 * @param mapping file from the annotations' categories to the model's classes; null for none
 */
public record RegionSource(String path, Counting counting, String mapping) implements Serializable {
  private static final Map<Loaded, RegionSet> SHARED = new ConcurrentHashMap<>();

  /** Whose regions count for an image. */
  public enum Counting {
    /** Those of its label, and those without a category. */
    LABEL,
    /** All. */
    ANY
  }

  private record Loaded(RegionSource source, List<ClassLabel> labels, String state) {
    boolean isOlderThan(Loaded other) {
      return source.equals(other.source) && labels.equals(other.labels) && !equals(other);
    }
  }

  /**
   * Reads the regions. What is odd but stops nothing is in {@link RegionSet#problems}.
   *
   * @param labels the model's classes
   * @throws UserException if there is no such file, or if nothing in it can be read
   */
  public RegionSet load(List<ClassLabel> labels) {
    Path file = local(path);
    RegionClasses classes =
        RegionClasses.of(
            counting,
            labels,
            mapping == null ? Map.of() : CategoryMapping.read(local(mapping)),
            mapping);
    RegionProblems.Tally tally = new RegionProblems.Tally();
    if (!Files.exists(file)) {
      throw Place.error(
          file
              + ": there is no such file; regions are a COCO JSON file, or a folder of Pascal VOC"
              + " XML files or of masks.");
    }
    List<AnnotatedImage> images =
        Files.isDirectory(file)
            ? new RegionFolder(file, classes, tally).read()
            : CocoReader.read(file, classes, tally);
    Coverage.tell(images, classes, tally);
    return RegionSet.of(images, classes, tally.problems());
  }

  /**
   * As {@link #load}, but once a process for all who ask, whether by a path in full or not: a large
   * annotation file is most of what a run holds. Files that have changed since are read anew: a
   * process may outlive a run.
   */
  public RegionSet shared(List<ClassLabel> labels) {
    String state = state(path) + (mapping == null ? "" : state(mapping));
    Loaded wanted = new Loaded(absolute(), List.copyOf(labels), state);
    SHARED.keySet().removeIf(each -> each.isOlderThan(wanted));
    return SHARED.computeIfAbsent(wanted, key -> load(labels));
  }

  /** Another one if a file, or one in a folder, has changed; reading tells if there is nothing. */
  private static String state(String location) {
    StringBuilder state = new StringBuilder();
    try (Stream<Path> files = Files.walk(local(location))) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        BasicFileAttributes of = Files.readAttributes(file, BasicFileAttributes.class);
        state.append(file).append(' ').append(of.size()).append(' ').append(of.lastModifiedTime());
        state.append('\n');
      }
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
    return Sha256.hex(state.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The same for a process that was started in another folder. */
  public RegionSource absolute() {
    return new RegionSource(
        Locations.absolute(path), counting, mapping == null ? null : Locations.absolute(mapping));
  }

  private static Path local(String location) {
    try {
      return LocalCopies.ofUser().of(location);
    } catch (IOException e) {
      throw new UserException(
          StorageReason.code(e, ExitCode.WRONG_ARGUMENTS),
          Secrets.redact(location) + ": " + StorageReason.of(e) + ".",
          e);
    }
  }
}
