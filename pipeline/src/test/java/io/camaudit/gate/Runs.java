package io.camaudit.gate;

import io.camaudit.report.ClassRef;
import io.camaudit.report.ImageStatus;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Flag;
import io.camaudit.stats.FlagKind;
import io.camaudit.stats.Grouping;
import io.camaudit.stats.Rate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Statistics with nothing in them but what gates look at. */
final class Runs {
  private Runs() {}

  static ClassRef classRef(int index, String name) {
    return new ClassRef(index, "n%08d".formatted(index), name);
  }

  /** A run over classes; the dataset's row holds their sums. */
  static DatasetStatistics of(ClassStatistics... rows) {
    return of(Grouping.LABEL, Map.of(), List.of(), rows);
  }

  static DatasetStatistics of(
      Grouping grouping,
      Map<ImageStatus, Long> statuses,
      List<Flag> flags,
      ClassStatistics... rows) {
    List<ClassStatistics> classes = List.of(rows);
    long images = classes.stream().mapToLong(ClassStatistics::images).sum();
    ClassStatistics dataset =
        row(
            null,
            images,
            statuses,
            sum(classes.stream().map(ClassStatistics::accuracy).toArray(Rate[]::new)),
            sum(classes.stream().map(ClassStatistics::rightReasonRate).toArray(Rate[]::new)));
    return new DatasetStatistics(
        DatasetStatistics.SCHEMA,
        ModelKind.SINGLE_LABEL,
        grouping,
        dataset,
        classes,
        flags,
        List.of());
  }

  /** A class of which so many of so many images are right, all of them looking right. */
  static ClassStatistics row(ClassRef classRef, long right, long of) {
    return row(classRef, of, Map.of(), Rate.of(right, of), Rate.of(of, of));
  }

  static ClassStatistics row(
      ClassRef classRef, long images, Map<ImageStatus, Long> statuses, Rate accuracy, Rate looked) {
    Map<ImageStatus, Long> byStatus = new EnumMap<>(ImageStatus.class);
    byStatus.putAll(statuses);
    return new ClassStatistics(
        classRef, images, byStatus, Map.of(), accuracy, null, null, null, looked, null, null, null,
        List.of(), Map.of(), Map.of(), null, List.of(), List.of(), List.of(), Map.of(), null);
  }

  static Flag flag(ClassRef classRef) {
    return new Flag(classRef, FlagKind.DRAWN_TO_CORNERS, 1, 1, 1, 0, 0, "", "");
  }

  private static Rate sum(Rate... rates) {
    Rate[] known = Arrays.stream(rates).filter(rate -> rate != null).toArray(Rate[]::new);
    return known.length == 0
        ? null
        : Rate.of(
            Arrays.stream(known).mapToLong(Rate::count).sum(),
            Arrays.stream(known).mapToLong(Rate::of).sum());
  }
}
