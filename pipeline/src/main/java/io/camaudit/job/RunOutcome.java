package io.camaudit.job;

import java.time.Duration;
import java.util.Map;

/**
 * What a finished run counted.
 *
 * @param counters by the names of {@link RunMetrics}
 * @param duration from starting the runner to its end
 */
public record RunOutcome(Map<String, Long> counters, Duration duration) {
  public long count(String metric) {
    return counters.getOrDefault(metric, 0L);
  }
}
