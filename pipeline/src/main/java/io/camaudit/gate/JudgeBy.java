package io.camaudit.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.stats.Rate;

/** Which number of a rate has to keep to a bound. */
enum JudgeBy {
  /** The rate itself. */
  @JsonProperty("estimate")
  ESTIMATE,
  /** The end of its 95 % interval that is nearer to breaking the rule: sure, not only likely. */
  @JsonProperty("interval")
  INTERVAL;

  /** Numbers nearer to a bound than this reach it: bounds are decimals, rates are binary. */
  static final double ROUNDING = 1e-9;

  boolean reaches(Rate rate, double minimum) {
    return (this == ESTIMATE ? rate.value() : rate.low()) >= minimum - ROUNDING;
  }

  boolean staysWithin(Rate rate, double maximum) {
    return (this == ESTIMATE ? rate.value() : rate.high()) <= maximum + ROUNDING;
  }

  /** Whether a rate fell by no more than a margin; always of the rates themselves. */
  static boolean fellAtMost(Rate from, Rate to, double margin) {
    return from.value() - to.value() <= margin + ROUNDING;
  }
}
