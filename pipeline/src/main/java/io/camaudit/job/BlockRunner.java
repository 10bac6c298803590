package io.camaudit.job;

import java.util.Map;

/** Does the open blocks of a run. */
public interface BlockRunner {
  /**
   * Returns when all blocks are done.
   *
   * @return what was counted beside what the blocks' files say, by the names of {@link RunMetrics}
   * @throws io.camaudit.UserException if too many images failed; what is done stays
   * @throws RuntimeException what made the run fail, with its causes
   */
  Map<String, Long> explain(AuditPlan plan, RunWatch watch);
}
