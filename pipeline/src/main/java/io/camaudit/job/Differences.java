package io.camaudit.job;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What decides the results of two runs, compared in words. */
public final class Differences {
  private Differences() {}

  /**
   * @param then by name
   * @param now by name
   * @return each difference as the middle of a sentence, those of {@code now} first
   */
  public static List<String> between(Map<String, String> then, Map<String, String> now) {
    Set<String> names = new LinkedHashSet<>(now.keySet());
    names.addAll(then.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String before = then.get(name);
      String after = now.get(name);
      if (!Objects.equals(before, after)) {
        differences.add(
            String.format(
                Locale.ROOT,
                "%s (then %s, now %s)",
                name,
                before == null ? "none" : before,
                after == null ? "none" : after));
      }
    }
    return differences;
  }
}
