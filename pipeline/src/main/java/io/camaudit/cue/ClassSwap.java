package io.camaudit.cue;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.RateChange;

/**
 * What becomes of the model's answers about a class's images when the cue is projected out, over
 * images that did not make its direction.
 *
 * @param classRef their label; of images without one what the model predicts
 * @param withCue named rightly before and after, of images that are said to show the cue; null if
 *     the class has none
 * @param others likewise of the others
 */
public record ClassSwap(
    @JsonProperty("class") ClassRef classRef, RateChange withCue, RateChange others) {}
