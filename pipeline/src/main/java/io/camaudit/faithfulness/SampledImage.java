package io.camaudit.faithfulness;

import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An image of the sample and the maps of its first target.
 *
 * @param sha256 of its file, as it was when it was explained
 * @param target the explained class
 * @param kinds of the maps that were asked for, in the run's order
 * @param maps those of them that are usable
 */
record SampledImage(
    String name, String sha256, ClassRef target, Set<MapKind> kinds, Map<MapKind, float[][]> maps) {

  /** An image whose first map is usable. */
  static SampledImage of(ImageReport report) {
    SampledImage image =
        new SampledImage(
            report.image(),
            report.file().sha256(),
            report.first().target(),
            new LinkedHashSet<>(),
            new LinkedHashMap<>());
    image.add(report.explanations());
    return image;
  }

  /** Takes in the maps of the same target that another method made. */
  void add(List<Explanation> explanations) {
    for (Explanation each : explanations) {
      if (each.target().equals(target)) {
        MapKind kind = new MapKind(each.method(), each.layer());
        kinds.add(kind);
        if (each.status() == ImageStatus.OK) {
          maps.putIfAbsent(kind, each.map().values());
        }
      }
    }
  }
}
