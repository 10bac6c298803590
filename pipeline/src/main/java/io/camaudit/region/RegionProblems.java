package io.camaudit.region;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was odd about the regions but stopped nothing: counted, with a few examples of each kind.
 */
public record RegionProblems(List<Problem> problems) implements Serializable {
  /** Examples kept of each kind. */
  public static final int EXAMPLES = 5;

  /** Nothing odd. */
  public static final RegionProblems NONE = new RegionProblems(List.of());

  public RegionProblems {
    problems = List.copyOf(problems);
  }

  /** Kinds, in the order of reporting. */
  public enum Kind {
    /** Images that the annotations name and the input does not hold. */
    IMAGE_NOT_THERE("Annotated images that are not in the input"),
    /** Names that fit several images, or images that fit several names: none of them is used. */
    AMBIGUOUS_NAME("Names that fit several images or annotations and are used for none"),
    /** Annotations of an image that their own file does not list. */
    IMAGE_NOT_LISTED("Annotations of images that their file does not list"),
    /** Shapes that reach more than a pixel over the picture's edge: clipped. */
    OUTSIDE_IMAGE("Shapes that reach outside their image and are clipped to it"),
    /** Polygons of fewer than three points, boxes and shapes without area: left out. */
    EMPTY_SHAPE("Shapes without area, which are left out"),
    /** Masks of another size than their image's: left out. */
    OTHER_SIZE("Masks of another size than their image, which are left out"),
    /** Annotations whose category is none of the model's classes: no label can ask for them. */
    UNKNOWN_CATEGORY(
        "Annotations whose category is none of the model's classes, see --region-mapping");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /**
   * One kind of problem.
   *
   * @param count how often it occurred
   * @param examples a few different ones
   * @param more whether there are others
   */
  public record Problem(Kind kind, long count, List<String> examples, boolean more)
      implements Serializable {
    public Problem {
      examples = List.copyOf(examples);
    }

    /** One sentence for the terminal. */
    public String sentence() {
      return "%s: %d (%s%s)."
          .formatted(kind.words, count, String.join(", ", examples), more ? ", ..." : "");
    }
  }

  /** Whether there is nothing to report. */
  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /** One sentence a kind. */
  public List<String> sentences() {
    return problems.stream().map(Problem::sentence).toList();
  }

  /** Both, kind by kind. */
  public RegionProblems and(RegionProblems other) {
    Tally tally = new Tally();
    problems.forEach(tally::add);
    other.problems.forEach(tally::add);
    return tally.problems();
  }

  /** Collects problems while regions are read. */
  static final class Tally {
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, List<String>> examples = new EnumMap<>(Kind.class);
    private final Set<Kind> more = EnumSet.noneOf(Kind.class);

    /** Counts one; the same example is kept once. */
    void add(Kind kind, String example) {
      counts.merge(kind, 1L, Long::sum);
      keep(kind, example);
    }

    private void add(Problem problem) {
      counts.merge(problem.kind(), problem.count(), Long::sum);
      problem.examples().forEach(example -> keep(problem.kind(), example));
      if (problem.more()) {
        more.add(problem.kind());
      }
    }

    private void keep(Kind kind, String example) {
      List<String> kept = examples.computeIfAbsent(kind, k -> new ArrayList<>());
      if (kept.contains(example)) {
        return;
      }
      if (kept.size() < EXAMPLES) {
        kept.add(example);
      } else {
        more.add(kind);
      }
    }

    RegionProblems problems() {
      List<Problem> problems = new ArrayList<>();
      counts.forEach(
          (kind, count) ->
              problems.add(new Problem(kind, count, examples.get(kind), more.contains(kind))));
      return new RegionProblems(problems);
    }
  }
}
