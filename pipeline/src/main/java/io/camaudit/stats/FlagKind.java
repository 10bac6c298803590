package io.camaudit.stats;

/** Why a class deserves suspicion. In order of the evidence: what regions say comes first. */
public enum FlagKind {
  /** The right-reason rate is below the rest's. Needs regions. */
  LOOKS_ELSEWHERE,
  /** The mean corner lift is above the rest's and above chance. */
  DRAWN_TO_CORNERS,
  /** The mean border lift is above the rest's and above chance. */
  DRAWN_TO_BORDERS,
  /** The maps agree on one place that the rest of the dataset does not look at. */
  ONE_PLACE
}
