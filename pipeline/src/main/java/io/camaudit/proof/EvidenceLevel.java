package io.camaudit.proof;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the variants say to the suspicion that a class is not recognised by its object. */
public enum EvidenceLevel {
  /** It keeps its prediction without the object and loses it with the object alone. */
  @JsonProperty("confirmed")
  CONFIRMED,
  /** It loses its prediction without the object and keeps it with the object alone. */
  @JsonProperty("refuted")
  REFUTED,
  /** Neither was shown. */
  @JsonProperty("undecided")
  UNDECIDED
}
