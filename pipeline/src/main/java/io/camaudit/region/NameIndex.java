package io.camaudit.region;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds what belongs to an image's path although annotations often name images otherwise. Tried in
 * this order, each only if the one before finds nothing: the same path; the same path without the
 * extension; the same base name; the same base name without the extension. Of several that fit
 * alike none is taken.
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
   * @param ambiguous whether several fit alike
   */
  record Match<T>(T value, Fit fit, boolean ambiguous) {}

  /** Adds a value under a path; a path may be added once only. */
  void add(String name, T value) {
    byStem
        .computeIfAbsent(Fit.STEM.key.apply(name), stem -> new ArrayList<>(1))
        .add(new Entry<>(name, value));
  }

  Match<T> find(String image) {
    List<Entry<T>> candidates = byStem.getOrDefault(Fit.STEM.key.apply(image), List.of());
    if (candidates.isEmpty()) {
      return new Match<>(null, null, false);
    }
    for (Fit fit : Fit.values()) {
      String wanted = fit.key.apply(image);
      T found = null;
      int fitting = 0;
      for (Entry<T> candidate : candidates) {
        if (fit.key.apply(candidate.name()).equals(wanted)) {
          found = candidate.value();
          fitting++;
        }
      }
      if (fitting > 0) {
        return new Match<>(fitting == 1 ? found : null, fit, fitting > 1);
      }
    }
    return new Match<>(null, null, false);
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
