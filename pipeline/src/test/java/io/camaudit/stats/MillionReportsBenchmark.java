package io.camaudit.stats;

import io.camaudit.report.ImageReport;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;
import java.util.Locale;

/**
 * Aggregates a million generated reports of 1,000 classes in a heap of 512 MB and prints time and
 * memory. No unit test; to run it:
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath -pl pipeline -am
 * cd pipeline
 * java -Xmx512m -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     io.camaudit.stats.MillionReportsBenchmark [CLASSES [IMAGES_PER_CLASS]]
 * </pre>
 */
final class MillionReportsBenchmark {
  private MillionReportsBenchmark() {}

  public static void main(String[] arguments) {
    int classes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
    int images = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
    List<ImageReport> reports = SyntheticReports.of(1, classes, images).list();

    long start = System.nanoTime();
    long checksum = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (ImageReport report : reports) {
        checksum += report.image().length();
      }
    }
    double generating = seconds(start);

    start = System.nanoTime();
    DatasetStatistics statistics = StatisticsBuilder.of(reports);
    double aggregating = seconds(start) - generating;

    start = System.nanoTime();
    int json = StatisticsFiles.json(statistics).length;
    int csv = StatisticsFiles.csv(statistics).length;
    double writing = seconds(start);

    long used = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      // What outlived a collection, at the most: the accumulators, not the garbage between.
      used += pool.getCollectionUsage() == null ? 0 : pool.getCollectionUsage().getUsed();
    }
    System.out.printf(
        Locale.ROOT,
        "%d classes x %d reports (%d bytes of names): generating twice %.1f s, aggregating %.1f s"
            + " (%.1f us a report), writing %.1f s; classes.json %.1f MB, classes.csv %.1f MB;"
            + " %d flags; heap after collection %d MB of at most %d MB%n",
        classes,
        images,
        checksum,
        generating,
        aggregating,
        aggregating / classes / images * 1e6,
        writing,
        json / 1e6,
        csv / 1e6,
        statistics.flags().size(),
        used >> 20,
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
