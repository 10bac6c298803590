package io.camaudit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.JaroWinklerDistance;

/**
 * Finds what somebody probably meant, ignoring case: a name that the text is the beginning or a
 * part of goes before one that is alike in letters alone, and whole words before pieces of words.
 */
public final class Nearest {
  private static final JaroWinklerDistance DISTANCE = new JaroWinklerDistance();

  private static final Comparator<Candidate> BY_LIKENESS =
      Comparator.comparing(Candidate::likeness);
  private static final Comparator<Candidate> BY_DISTANCE =
      Comparator.comparingDouble(Candidate::distance);

  private Nearest() {}

  /** The {@code count} candidates most like {@code text}, most alike first; ties in their order. */
  public static List<String> to(String text, Collection<String> candidates, int count) {
    return candidates.stream()
        .distinct()
        .map(name -> Candidate.of(text, name))
        .sorted(BY_LIKENESS.thenComparing(BY_DISTANCE))
        .limit(count)
        .map(Candidate::name)
        .toList();
  }

  /**
   * The layer most like {@code text}: among several that have it in their names, or are equally far
   * from it in letters, the last, such as conv5_block3_out for conv5.
   *
   * @param layers at least one, in the network's order
   */
  public static String layer(String text, Collection<String> layers) {
    List<String> lastFirst = new ArrayList<>(layers);
    Collections.reverse(lastFirst);
    return lastFirst.stream()
        .map(name -> Candidate.of(text, name))
        .min(
            BY_LIKENESS.thenComparing(
                (a, b) -> a.likeness().hasText() ? 0 : BY_DISTANCE.compare(a, b)))
        .orElseThrow()
        .name();
  }

  private enum Likeness {
    SAME,
    BEGINS_WITH_WORDS,
    HAS_WORDS,
    BEGINS_WITH_LETTERS,
    HAS_LETTERS,
    /** The text has the name for its first words, such as layer4 of layer4.conv1. */
    BEGINNING,
    OTHER;

    /** Whether the text is in the name. */
    boolean hasText() {
      return compareTo(BEGINNING) < 0;
    }

    static Likeness of(String text, String name) {
      if (name.equals(text)) {
        return SAME;
      }
      int at = text.isEmpty() ? -1 : name.indexOf(text);
      if (at < 0) {
        return name.isEmpty() || !text.startsWith(name) || !isWhole(text, 0, name.length())
            ? OTHER
            : BEGINNING;
      }
      for (int place = at; place >= 0; place = name.indexOf(text, place + 1)) {
        if (isWhole(name, place, place + text.length())) {
          return place == 0 ? BEGINS_WITH_WORDS : HAS_WORDS;
        }
      }
      return at == 0 ? BEGINS_WITH_LETTERS : HAS_LETTERS;
    }

    /** Whether what stands from start to end is not within a longer word or number. */
    private static boolean isWhole(String text, int start, int end) {
      return (start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1)))
          && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
    }
  }

  private record Candidate(String name, Likeness likeness, double distance) {
    static Candidate of(String text, String name) {
      String typed = text.toLowerCase(Locale.ROOT);
      String known = name.toLowerCase(Locale.ROOT);
      return new Candidate(name, Likeness.of(typed, known), DISTANCE.apply(typed, known));
    }
  }
}
