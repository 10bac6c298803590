package io.camaudit.stats;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;

/** The last step: from the sums of both passes to what is said about them. */
final class StatisticsFn extends DoFn<Sums, DatasetStatistics> {
  private final List<String> networkOrder;

  StatisticsFn(List<String> networkOrder) {
    this.networkOrder = List.copyOf(networkOrder);
  }

  @ProcessElement
  public void build(@Element Sums sums, OutputReceiver<DatasetStatistics> out) {
    out.output(StatisticsBuilder.of(sums, networkOrder));
  }
}
