package io.camaudit.stats;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Verdict;
import java.util.List;
import java.util.Map;

/**
 * One row: a class, or the whole dataset. Of a multi-label model an image is in the row of each of
 * its labels, by the explanation of that class, and the dataset's rates and numbers are over all
 * these; of other models numbers are of each image's first explanation, the one that its status and
 * verdict are about.
 *
 * @param classRef null in the dataset's row
 * @param images with this label (or prediction), failures included; in the dataset's row all
 * @param byStatus every status in declaration order, zeros included
 * @param byVerdict every verdict in declaration order, zeros included; images without a verdict are
 *     in none
 * @param accuracy share of right first predictions among images that have a prediction and a label
 *     the model knows; null if there are none, and for a multi-label model
 * @param precision of a multi-label model: share of images that bear the label among the labelled
 *     ones where the class is predicted; null for other models, or if there are none
 * @param recall of a multi-label model: share of images where the class is predicted among those
 *     that bear the label; null for other models, or if there are none
 * @param f1 harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN); null likewise
 * @param rightReasonRate share of images where the model looked right (RIGHT_FOR_RIGHT_REASONS or
 *     WRONG_BUT_LOOKED_RIGHT) among those with one of the four verdicts that judge; null if there
 *     are none
 * @param rightReasonRateWhenCorrect share of RIGHT_FOR_RIGHT_REASONS among the correctly classified
 *     with one of those four verdicts; null if there are none
 * @param pointingHitRate share of pointing hits among maps with a region; null if there are none
 * @param confidence probability of the first prediction; null without predictions
 * @param confusions most frequent wrong first predictions, at most five, most frequent first, ties
 *     by class index
 * @param numbers by the name of a component of {@code Attention} or {@code RegionFit}, in their
 *     order; numbers that no image had are left out
 * @param histograms of the main numbers by the same names; left out likewise
 * @param maps null if no image had a usable map
 * @param mostTypical greatest cosine to the class's mean map first; empty in the dataset's row
 * @param mostDeviant least cosine to the class's mean map first; empty in the dataset's row
 * @param mostSuspicious RIGHT_FOR_WRONG_REASONS first, then WRONG_AND_LOOKED_ELSEWHERE, each by
 *     ascending lift; then the rest, images without a region last, by descending border or corner
 *     lift
 * @param properties of the images themselves, by the field of {@link Property}, in their order;
 *     those that no image has are left out
 * @param layers of an audit of several layers: the class's curves over depth, in the order of the
 *     network; null for one layer
 */
public record ClassStatistics(
    @JsonProperty("class") ClassRef classRef,
    long images,
    Map<ImageStatus, Long> byStatus,
    Map<Verdict, Long> byVerdict,
    Rate accuracy,
    Rate precision,
    Rate recall,
    Double f1,
    Rate rightReasonRate,
    Rate rightReasonRateWhenCorrect,
    Rate pointingHitRate,
    Mean confidence,
    List<Confusion> confusions,
    Map<String, Mean> numbers,
    Map<String, Histogram> histograms,
    MapStatistics maps,
    List<Example> mostTypical,
    List<Example> mostDeviant,
    List<Example> mostSuspicious,
    Map<String, PropertyStatistics> properties,
    List<LayerStatistics> layers) {
  public ClassStatistics {
    // Files of versions that did not measure them have none.
    properties = properties == null ? Map.of() : properties;
  }
}
