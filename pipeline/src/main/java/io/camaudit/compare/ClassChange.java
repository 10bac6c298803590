package io.camaudit.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.MeanChange;
import io.camaudit.stats.RateChange;
import java.util.Map;

/**
 * What changed in a class, or in the whole dataset.
 *
 * @param classRef null for the dataset
 * @param images that are in both runs and were explained in both
 * @param accuracy over images with a label that both models know; null if there are none
 * @param rightReasonRate over images with one of the four verdicts in both runs; null likewise
 * @param numbers by the name of a number of an image's first explanation; those that no image had
 *     in both runs are left out
 */
public record ClassChange(
    @JsonProperty("class") ClassRef classRef,
    long images,
    RateChange accuracy,
    RateChange rightReasonRate,
    Map<String, MeanChange> numbers) {}
