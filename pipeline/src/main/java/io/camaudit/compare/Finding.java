package io.camaudit.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.report.ClassRef;

/**
 * A class whose rate changed by more than chance explains.
 *
 * @param rate {@code accuracy} or {@code rightReasonRate}
 * @param worse whether it fell
 * @param adjustedPValue after Benjamini–Hochberg over both rates of all classes; at most 0.05
 */
public record Finding(
    @JsonProperty("class") ClassRef classRef,
    String rate,
    boolean worse,
    double pValue,
    double adjustedPValue,
    String sentence) {}
