package io.camaudit.compare;

import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.stats.MeanChange;
import io.camaudit.stats.PairedCounts;
import io.camaudit.stats.PairedNumbers;
import io.camaudit.stats.Quantity;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sums over the images of a class that both runs explained. Mutable. */
final class ClassTally {
  private final ClassRef classRef;
  private final Map<Quantity, PairedNumbers> numbers = new EnumMap<>(Quantity.class);
  private long images;
  private PairedCounts right = PairedCounts.NONE;
  private PairedCounts looked = PairedCounts.NONE;

  ClassTally(ClassRef classRef) {
    this.classRef = classRef;
  }

  ClassRef classRef() {
    return classRef;
  }

  void add(ImageReport before, ImageReport after) {
    images++;
    if (before.correct() != null && after.correct() != null) {
      right = right.plus(before.correct(), after.correct());
    }
    Boolean lookedBefore = before.verdict() == null ? null : before.verdict().lookedRight();
    Boolean lookedAfter = after.verdict() == null ? null : after.verdict().lookedRight();
    if (lookedBefore != null && lookedAfter != null) {
      looked = looked.plus(lookedBefore, lookedAfter);
    }
    Explanation a = usable(before);
    Explanation b = usable(after);
    if (a == null || b == null) {
      return;
    }
    for (Quantity quantity : Quantity.ALL) {
      double from = quantity.of(a.attention(), a.region());
      double to = quantity.of(b.attention(), b.region());
      if (!Double.isNaN(from) && !Double.isNaN(to)) {
        numbers.computeIfAbsent(quantity, q -> new PairedNumbers()).add(from, to);
      }
    }
  }

  ClassChange result() {
    Map<String, MeanChange> changes = new LinkedHashMap<>();
    numbers.forEach((quantity, sums) -> changes.put(quantity.field(), sums.change()));
    return new ClassChange(classRef, images, right.change(), looked.change(), changes);
  }

  private static Explanation usable(ImageReport report) {
    Explanation first = report.first();
    return first == null || first.status() != ImageStatus.OK ? null : first;
  }
}
