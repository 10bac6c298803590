package io.camaudit.page;

import io.camaudit.report.ClassView;
import io.camaudit.report.ImageReport;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Example;
import io.camaudit.storage.RecordRef;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one pass over the records leaves in memory: who is shown, and where the records are. */
final class Selection {
  private static final int FAILURES_SHOWN = 100;

  private final Map<String, Map<GalleryKind, Gallery>> galleries = new HashMap<>();
  private final Map<String, RecordRef> examples = new HashMap<>();
  private final TreeMap<String, ImageReport> failures = new TreeMap<>();
  private boolean regions;

  private Selection() {}

  /**
   * Passes once over the records.
   *
   * @param more names of images that are shown beside the statistics' examples
   */
  static Selection of(
      RecordFiles records,
      DatasetStatistics statistics,
      ClassKeys keys,
      Set<String> more,
      int galleryImages)
      throws IOException {
    Selection selection = new Selection();
    Set<String> wanted = examplesOf(statistics);
    wanted.addAll(more);
    records.forEach(
        (report, ref) -> {
          if (report.status().isFailure()) {
            selection.fail(report);
            return;
          }
          if (wanted.contains(report.image())) {
            selection.examples.put(report.image(), ref);
          }
          for (ClassView view : ClassView.of(report)) {
            String key = keys.of(view);
            if (key != null) {
              selection
                  .galleries
                  .computeIfAbsent(key, k -> new EnumMap<>(GalleryKind.class))
                  .computeIfAbsent(GalleryKind.of(view), k -> new Gallery(galleryImages))
                  .offer(Candidate.of(view.report(), ref));
            }
          }
          selection.regions |= report.explanations().stream().anyMatch(e -> e.region() != null);
        });
    return selection;
  }

  private static Set<String> examplesOf(DatasetStatistics statistics) {
    Set<String> names = new HashSet<>();
    for (ClassStatistics row : statistics.classes()) {
      row.mostTypical().stream().map(Example::image).forEach(names::add);
      row.mostDeviant().stream().map(Example::image).forEach(names::add);
    }
    return names;
  }

  private void fail(ImageReport report) {
    failures.put(report.image(), report);
    if (failures.size() > FAILURES_SHOWN) {
      failures.pollLastEntry();
    }
  }

  /**
   * The galleries of a class, most deserving of a look first; empty if none of its images was
   * explained.
   */
  Map<GalleryKind, Gallery> galleries(String key) {
    return galleries.getOrDefault(key, Map.of());
  }

  /** The record of an image that was named beforehand; null if there is none. */
  RecordRef example(String image) {
    return examples.get(image);
  }

  /** The first failed images by name, at most 100. */
  Collection<ImageReport> failures() {
    return failures.values();
  }

  /** Whether any map was compared with a region. */
  boolean hasRegions() {
    return regions;
  }

  /**
   * The greatest number of images a gallery may show so that all galleries together show at most
   * {@code limit}; at least 1.
   */
  int galleryLimit(int galleryImages, int limit) {
    for (int cap = galleryImages; cap > 1; cap--) {
      int most = cap;
      long shown =
          galleries.values().stream()
              .flatMap(kinds -> kinds.values().stream())
              .mapToLong(gallery -> Math.min(gallery.size(), most))
              .sum();
      if (shown <= limit) {
        return cap;
      }
    }
    return 1;
  }
}
