package io.camaudit.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.proof.EvidenceLevel;
import io.camaudit.proof.Variant;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.RateChange;
import java.util.Map;

/**
 * What changed in a class's proof.
 *
 * @param classRef as the first run names it
 * @param levelBefore of the first run's proof
 * @param levelAfter of the second's
 * @param kept by variant, in their order: how often the class is kept (of transplants: becomes it),
 *     over the images that both proofs changed so; variants without one are left out
 */
public record ProofChange(
    @JsonProperty("class") ClassRef classRef,
    EvidenceLevel levelBefore,
    EvidenceLevel levelAfter,
    Map<Variant, RateChange> kept) {}
