package io.camaudit.input;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts the files and folders that a listing leaves out, by why. */
final class LeftOut {
  /** Why something is left out, other than by its suffix. */
  enum Why {
    HIDDEN("hidden"),
    SYSTEM("of the operating system"),
    EARLIER_RUN("written by earlier runs"),
    NOT_OPENED("that cannot be opened");

    private final String words;

    Why(String words) {
      this.words = words;
    }
  }

  private static final int SHOWN = 5;

  private final Map<Why, Long> reasons = new TreeMap<>();
  private final Map<String, Long> suffixes = new TreeMap<>();
  private long count;

  void add(Why why) {
    reasons.merge(why, 1L, Long::sum);
    count++;
  }

  /** A file whose name is not asked for. */
  void add(String name) {
    int length = ImageNames.suffix(name).length();
    // As it is written: a pattern in small letters leaves out .JPG.
    String shown =
        length == 0 || length > 10 ? "without suffix" : name.substring(name.length() - length - 1);
    if (suffixes.size() < 1000 || suffixes.containsKey(shown)) {
      suffixes.merge(shown, 1L, Long::sum);
    }
    count++;
  }

  long count() {
    return count;
  }

  /**
   * What was left out, the most frequent suffix first.
   *
   * @return null if nothing was
   */
  String sentence() {
    if (count == 0) {
      return null;
    }
    Map<String, Long> items = new LinkedHashMap<>();
    suffixes.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .forEach(entry -> items.put(entry.getKey(), entry.getValue()));
    reasons.forEach((why, times) -> items.put(why.words, times));
    long told = items.values().stream().mapToLong(Long::longValue).sum();
    List<String> texts =
        items.entrySet().stream()
            .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey()))
            .toList();
    String others = count == told ? "" : String.format(Locale.ROOT, ", %,d others", count - told);
    return "Files and folders left out: " + String.join(", ", texts) + others + ".";
  }
}
