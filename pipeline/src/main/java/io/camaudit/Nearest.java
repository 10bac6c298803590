package io.camaudit;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.JaroWinklerDistance;

/** Finds what somebody probably meant. */
public final class Nearest {
  private static final JaroWinklerDistance DISTANCE = new JaroWinklerDistance();

  private Nearest() {}

  /**
   * The {@code count} candidates most like {@code text}, most alike first, ignoring case; ties in
   * their order.
   */
  public static List<String> to(String text, Collection<String> candidates, int count) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .distinct()
        .sorted(
            Comparator.comparingDouble(
                candidate -> DISTANCE.apply(wanted, candidate.toLowerCase(Locale.ROOT))))
        .limit(count)
        .toList();
  }
}
