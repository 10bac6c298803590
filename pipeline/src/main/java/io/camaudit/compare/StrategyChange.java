package io.camaudit.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.RateChange;

/**
 * What became of a strategy.
 *
 * @param classRef as the first run names it
 * @param before its number in the first run; null if it appeared
 * @param after its number in the second; null if it vanished
 * @param kind what that means
 * @param share of the class's images that have a strategy in both runs
 */
public record StrategyChange(
    @JsonProperty("class") ClassRef classRef,
    Integer before,
    Integer after,
    Kind kind,
    RateChange share) {
  /** What became of it. */
  public enum Kind {
    /** It has a counterpart, and the interval of the difference is above 0. */
    @JsonProperty("grew")
    GREW,
    /** It has a counterpart, and the interval is below 0. */
    @JsonProperty("shrank")
    SHRANK,
    /** It has a counterpart, and the interval holds 0. */
    @JsonProperty("stayed")
    STAYED,
    /** The first run has no counterpart. */
    @JsonProperty("appeared")
    APPEARED,
    /** The second run has no counterpart. */
    @JsonProperty("vanished")
    VANISHED
  }
}
