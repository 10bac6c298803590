/**
 * What a class's maps say together: exact sums over reports ({@link
 * io.camaudit.stats.ClassAccumulator}), the rates, means and maps made from them ({@link
 * io.camaudit.stats.DatasetStatistics}) and the classes that deserve suspicion ({@link
 * io.camaudit.stats.Flag}). Start from {@link io.camaudit.stats.RecordStatistics} (record files) or
 * {@link io.camaudit.stats.AttentionStatistics} (reports in a pipeline). Formulas for readers:
 * {@code docs/statistics.md}.
 */
package io.camaudit.stats;
