package io.camaudit.stats;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.report.ClassRef;

/**
 * A class that deserves a look, why, and how sure that is.
 *
 * @param severity conservative effect size: lower end of the one-sided 95 % interval of the
 *     standardised difference to the rest (Cohen's h for rates, d for means); the ranking within a
 *     kind of evidence
 * @param value the class's rate or mean
 * @param rest the same over all other classes together
 * @param pValue one-sided, of the class against the rest
 * @param adjustedPValue after Benjamini–Hochberg over all tests of the family; at most 0.05
 * @param sentence what was found, with its numbers
 * @param caution what it does not prove
 */
public record Flag(
    @JsonProperty("class") ClassRef classRef,
    FlagKind kind,
    double severity,
    double value,
    double rest,
    double pValue,
    double adjustedPValue,
    String sentence,
    String caution) {}
