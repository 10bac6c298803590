package io.camaudit.region;

import java.io.Serializable;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Finds what belongs to an image's path although annotations often name images otherwise. Tried in
 * this order, each only if the one before finds nothing: the same path; the same path without the
 * extension; the same base name; the same base name without the extension. Of several that fit
 * alike none is taken. Only if nothing fits as it stands, the same again with case, Unicode form
 * and a number's leading zeros forgiven.
 *
 * <p>Everything of one base name is kept together, so a name costs one map entry.
 */
final class NameIndex<T extends Serializable> implements Serializable {
  private static final long serialVersionUID = 1;

  private final Map<String, List<Entry<T>>> byStem = new LinkedHashMap<>();

  private record Entry<T extends Serializable>(String name, T value) implements Serializable {}

  /** How well a name fits, best first. */
  enum Fit {
    PATH(name -> name),
    PATH_WITHOUT_EXTENSION(NameIndex::withoutExtension),
    BASE_NAME(NameIndex::base),
    STEM(name -> withoutExtension(base(name)));

    private final Function<String, String> key;

    Fit(Function<String, String> key) {
      this.key = key;
    }
  }

  /**
   * What a search found.
   *
   * @param value null if nothing fits or several fit alike
   * @param rank how well it fits, 0 best
   * @param forgiven whether it fits with its form forgiven only
   * @param ambiguous whether several fit alike
   */
  record Match<T>(T value, int rank, boolean forgiven, boolean ambiguous) {}

  /** Adds a value under a path; a path may be added once only. */
  void add(String name, T value) {
    byStem
        .computeIfAbsent(forgiving(Fit.STEM.key.apply(name)), stem -> new ArrayList<>(1))
        .add(new Entry<>(name, value));
  }

  Match<T> find(String image) {
    List<Entry<T>> candidates =
        byStem.getOrDefault(forgiving(Fit.STEM.key.apply(image)), List.of());
    if (!candidates.isEmpty()) {
      for (boolean forgiving : new boolean[] {false, true}) {
        for (Fit fit : Fit.values()) {
          UnaryOperator<String> form = forgiving ? NameIndex::forgiving : UnaryOperator.identity();
          String wanted = form.apply(fit.key.apply(image));
          T found = null;
          int fitting = 0;
          for (Entry<T> candidate : candidates) {
            if (form.apply(fit.key.apply(candidate.name())).equals(wanted)) {
              found = candidate.value();
              fitting++;
            }
          }
          if (fitting > 0) {
            int rank = fit.ordinal() + (forgiving ? Fit.values().length : 0);
            return new Match<>(fitting == 1 ? found : null, rank, forgiving, fitting > 1);
          }
        }
      }
    }
    return new Match<>(null, 0, false, false);
  }

  /** What names have in common that differ in case, Unicode form, or a number's leading zeros. */
  private static String forgiving(String name) {
    String folded = Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    int base = folded.lastIndexOf('/') + 1;
    int end = withoutExtension(folded).length();
    int digits = base;
    while (digits < end && folded.charAt(digits) >= '0' && folded.charAt(digits) <= '9') {
      digits++;
    }
    if (digits < end || digits == base) {
      return folded;
    }
    int first = base;
    while (first < end - 1 && folded.charAt(first) == '0') {
      first++;
    }
    return folded.substring(0, base) + folded.substring(first);
  }

  Collection<T> values() {
    return byStem.values().stream().flatMap(List::stream).map(Entry::value).toList();
  }

  /** Forward slashes, no leading {@code ./}. */
  static String normalise(String path) {
    String slashes = path.replace('\\', '/');
    while (slashes.startsWith("./")) {
      slashes = slashes.substring(2);
    }
    return slashes;
  }

  static String withoutExtension(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
  }

  private static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
