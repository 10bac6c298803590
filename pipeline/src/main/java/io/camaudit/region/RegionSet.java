package io.camaudit.region;

import io.camaudit.UserException;
import io.camaudit.region.RegionProblems.Kind;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * The same regions for a known set of images, which finds what single look-ups cannot:
   * annotations of images that are not there, and annotations that fit several images, of which the
   * best fit has it or else none.
   *
   * @param images paths relative to the input's root
   */
  public RegionSet matchedTo(Collection<String> images) {
    Map<String, Path> files = new LinkedHashMap<>();
    images.forEach(image -> files.put(image, null));
    return matchedTo(files);
  }

  /**
   * The same where it is known which files the images are: one that is listed as its own mask has
   * no region.
   *
   * @param images the file of each image, null for one that is not local, by its path relative to
   *     the input's root
   * @throws UserException if every mask is the photograph itself
   */
  public RegionSet matchedTo(Map<String, Path> images) {
    record Claim(String image, int rank, boolean forgiven) {}
    RegionProblems.Tally tally = new RegionProblems.Tally();
    Map<AnnotatedImage, List<Claim>> claims = new IdentityHashMap<>();
    Set<String> none = new HashSet<>();
    int own = 0;
    for (Map.Entry<String, Path> entry : images.entrySet()) {
      String image = NameIndex.normalise(entry.getKey());
      NameIndex.Match<AnnotatedImage> match = index.find(image);
      if (match.ambiguous()) {
        tally.add(Kind.AMBIGUOUS_NAME, image);
      } else if (match.value() instanceof MaskFile mask && mask.isSameAs(entry.getValue())) {
        tally.add(Kind.OWN_MASK, image);
        none.add(image);
        own++;
      } else if (match.value() != null) {
        claims
            .computeIfAbsent(match.value(), key -> new ArrayList<>(1))
            .add(new Claim(image, match.rank(), match.forgiven()));
      }
    }
    if (own > 0 && claims.isEmpty()) {
      throw Place.error(
          "The regions are the photographs themselves, "
              + own
              + " of them: --regions wants the folder of their masks, or of XML files, or a COCO"
              + " file.");
    }
    for (AnnotatedImage annotated : index.values()) {
      List<Claim> claimed = claims.getOrDefault(annotated, List.of());
      if (claimed.isEmpty() && none.contains(annotated.name())) {
        continue; // its own mask, told above
      }
      if (claimed.isEmpty()) {
        tally.add(Kind.IMAGE_NOT_THERE, annotated.name());
        continue;
      }
      int best = claimed.stream().mapToInt(Claim::rank).min().getAsInt();
      List<Claim> fitting = claimed.stream().filter(claim -> claim.rank() == best).toList();
      boolean single = fitting.size() == 1;
      if (!single) {
        tally.add(Kind.AMBIGUOUS_NAME, annotated.name());
      } else if (fitting.get(0).forgiven()) {
        tally.add(Kind.OTHER_FORM_OF_NAME, fitting.get(0).image() + " for " + annotated.name());
      }
      claimed.stream()
          .filter(claim -> !single || claim.rank() != best)
          .forEach(claim -> none.add(claim.image()));
    }
    return new RegionSet(index, classes, problems.and(tally.problems()), Set.copyOf(none));
  }
}
