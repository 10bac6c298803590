package io.camaudit.compare;

import io.camaudit.report.ClassRef;
import java.util.Objects;

/**
 * Whether two models mean the same class: their label lists may differ, so the index says nothing.
 */
final class SameClass {
  private SameClass() {}

  /** By id if both have one, else by name; false if one is missing. */
  static boolean test(ClassRef a, ClassRef b) {
    if (a == null || b == null) {
      return false;
    }
    return a.id() != null && b.id() != null
        ? a.id().equals(b.id())
        : Objects.equals(a.name(), b.name());
  }

  /** What {@link #test} goes by, as a key. */
  static String key(ClassRef classRef) {
    return classRef.id() != null ? classRef.id() : classRef.name();
  }
}
