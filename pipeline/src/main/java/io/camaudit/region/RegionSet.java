package io.camaudit.region;

import io.camaudit.UserException;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The regions of a set of images, found by an image's path. Immutable, for any number of threads.
 * Annotations are in memory except for masks, which are read when they are asked for.
 *
 * <p>An image is found under its path relative to the input's root; failing that under the path
 * without extension, then the base name, then the base name without extension, each only if a
 * single annotation fits; last, the same with case, Unicode form and leading zeros forgiven.
 */
public final class RegionSet implements Serializable {
  private static final long serialVersionUID = 1;

  private final NameIndex<AnnotatedImage> index;
  private final RegionClasses classes;
  private final RegionProblems problems;
  private final Set<String> excluded;

  private RegionSet(
      NameIndex<AnnotatedImage> index,
      RegionClasses classes,
      RegionProblems problems,
      Set<String> excluded) {
    this.index = index;
    this.classes = classes;
    this.problems = problems;
    this.excluded = excluded;
  }

  static RegionSet of(List<AnnotatedImage> images, RegionClasses classes, RegionProblems problems) {
    NameIndex<AnnotatedImage> index = new NameIndex<>();
    images.forEach(image -> index.add(image.name(), image));
    return new RegionSet(index, classes, problems, Set.of());
  }

  /** What was odd when the regions were read or matched. */
  public RegionProblems problems() {
    return problems;
  }

  /** Number of images that the annotations name. */
  public int size() {
    return index.values().size();
  }

  /**
   * The region of an image.
   *
   * @param image path relative to the input's root, with forward slashes
   * @param label index of the image's class; null for an unlabelled one, or one whose label is none
   *     of the model's classes
   * @return empty if no annotation counts for the image
   * @throws UserException if the image's mask cannot be read
   */
  public Optional<Region> region(String image, Integer label, PhotoFrame photo) {
    AnnotatedImage found = find(image);
    if (found == null) {
      return Optional.empty();
    }
    AnnotatedImage.Read read = found.read();
    List<Shape> shapes = counting(read, label);
    return shapes.isEmpty()
        ? Optional.empty()
        : Optional.of(Region.of(shapes, read.width(), read.height(), photo));
  }

  /**
   * A text that tells an image's region from any other it may have at another time; null if no
   * annotation counts for it. Masks are told by their files' lengths and times.
   *
   * @param image as for {@link #region}
   * @param label likewise
   */
  public String stamp(String image, Integer label) {
    AnnotatedImage found = find(image);
    if (found instanceof MaskFile mask) {
      return RegionStamp.of(mask, classes, label);
    }
    if (found == null) {
      return null;
    }
    AnnotatedImage.Read read = found.read();
    List<Shape> shapes = counting(read, label);
    return shapes.isEmpty() ? null : RegionStamp.of(shapes, read);
  }

  /**
   * The same for who asks for the regions of several classes.
   *
   * @param image as for {@link #region}
   */
  public String stamp(String image) {
    AnnotatedImage found = find(image);
    if (found instanceof MaskFile mask) {
      return RegionStamp.of(mask, classes, null);
    }
    if (found == null || found.read().annotations().isEmpty()) {
      return null;
    }
    return RegionStamp.ofClasses(found.read(), classes);
  }

  /** Whether annotations in memory name classes of the model, so that they can be labels. */
  public boolean namesClasses() {
    return index.values().stream()
        .anyMatch(image -> image instanceof AnnotatedImage.Read read && !classesIn(read).isEmpty());
  }

  /**
   * The classes that an image's annotations name, by ascending index.
   *
   * @param image as for {@link #region}
   * @return empty for an image that the annotations do not speak of, and for one with a mask, which
   *     says where something is and not what else there is
   */
  public Optional<SortedSet<Integer>> classesIn(String image) {
    return find(image) instanceof AnnotatedImage.Read read
        ? Optional.of(classesIn(read))
        : Optional.empty();
  }

  private SortedSet<Integer> classesIn(AnnotatedImage.Read read) {
    SortedSet<Integer> found = new TreeSet<>();
    Stream.concat(read.annotations().stream().map(Annotation::category), read.seen().stream())
        .filter(Objects::nonNull)
        .distinct()
        .forEach(category -> found.addAll(classes.classes(category)));
    return found;
  }

  private AnnotatedImage find(String image) {
    String name = NameIndex.normalise(image);
    return excluded.contains(name) ? null : index.find(name).value();
  }

  private List<Shape> counting(AnnotatedImage.Read read, Integer label) {
    return read.annotations().stream()
        .filter(annotation -> classes.counts(annotation.category(), label))
        .map(Annotation::shape)
        .toList();
  }

  /** Begins to match the same regions with a known set of images. */
  public RegionMatching matching() {
    return new RegionMatching(this);
  }

  /**
   * The same regions for a known set of images.
   *
   * @param images paths relative to the input's root
   */
  RegionSet matchedTo(Collection<String> images) {
    RegionMatching matching = matching();
    images.forEach(image -> matching.add(image, null));
    return matching.matched();
  }

  NameIndex<AnnotatedImage> index() {
    return index;
  }

  /** The same without those of some images, and with what else was odd. */
  RegionSet without(Set<String> images, RegionProblems more) {
    return new RegionSet(index, classes, problems.and(more), images);
  }
}
