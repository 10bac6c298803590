package io.camaudit.compare;

import io.camaudit.stats.RateChange;
import io.camaudit.stats.Significance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Which classes changed by more than chance explains: McNemar's exact test in each, corrected for
 * their number.
 */
final class Findings {
  private record Test(ClassChange row, String rate, String words, RateChange change) {}

  private Findings() {}

  static List<Finding> of(List<ClassChange> classes) {
    List<Test> tests = new ArrayList<>();
    for (ClassChange row : classes) {
      // Without a single image that changed there is nothing to test.
      if (changed(row.accuracy())) {
        tests.add(new Test(row, "accuracy", "accuracy", row.accuracy()));
      }
      if (changed(row.rightReasonRate())) {
        tests.add(new Test(row, "rightReasonRate", "right-reason rate", row.rightReasonRate()));
      }
    }
    double[] adjusted =
        Significance.benjaminiHochberg(
            tests.stream().mapToDouble(test -> test.change.pValue()).toArray());
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      if (adjusted[i] <= Significance.FALSE_DISCOVERY_RATE) {
        findings.add(finding(tests.get(i), adjusted[i], adjusted.length));
      }
    }
    findings.sort(Comparator.comparingDouble(Finding::pValue));
    return findings;
  }

  private static boolean changed(RateChange change) {
    return change != null && change.lost() + change.gained() > 0;
  }

  private static Finding finding(Test test, double adjusted, int tests) {
    RateChange change = test.change;
    String sentence =
        String.format(
            Locale.ROOT,
            "%s: the %s went %s from %.1f %% to %.1f %% of %d images, by %+.1f points (95 %% interval"
                + " %+.1f to %+.1f; %d lost, %d gained; McNemar's exact test, p %.2g, %.2g after"
                + " Benjamini-Hochberg over %d tests).",
            test.row.classRef().name(),
            test.words,
            change.difference() < 0 ? "down" : "up",
            100 * change.before().value(),
            100 * change.after().value(),
            change.before().of(),
            100 * change.difference(),
            100 * change.low(),
            100 * change.high(),
            change.lost(),
            change.gained(),
            change.pValue(),
            adjusted,
            tests);
    return new Finding(
        test.row.classRef(),
        test.rate,
        change.difference() < 0,
        change.pValue(),
        adjusted,
        sentence);
  }
}
