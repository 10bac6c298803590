package io.camaudit.stats;

import org.apache.beam.sdk.transforms.DoFn;

/** The last step: from the sums of both passes to what is said about them. */
final class StatisticsFn extends DoFn<Sums, DatasetStatistics> {
  @ProcessElement
  public void build(@Element Sums sums, OutputReceiver<DatasetStatistics> out) {
    out.output(StatisticsBuilder.of(sums));
  }
}
