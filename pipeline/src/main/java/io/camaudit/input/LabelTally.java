package io.camaudit.input;

import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the different labels of a listing, as many of them as memory has room for. */
final class LabelTally {
  /** A dataset has so many classes and folders at most, or its labels are no labels. */
  private static final int MOST = 100_000;

  private final SortedMap<LabelText, Long> images =
      new TreeMap<>(Comparator.comparing(LabelText::text).thenComparing(LabelText::folders));

  void add(ImageRef image) {
    LabelText text = image.labelText();
    if (text != null && (images.size() < MOST || images.containsKey(text))) {
      images.merge(text, 1L, Long::sum);
    }
  }

  /** Images by label, in the order of their texts. */
  SortedMap<LabelText, Long> images() {
    return Collections.unmodifiableSortedMap(images);
  }
}
