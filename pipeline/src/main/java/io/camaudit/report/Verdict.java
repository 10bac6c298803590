package io.camaudit.report;

/** Right or wrong, and for which reasons: the classification joined with where the model looked. */
public enum Verdict {
  RIGHT_FOR_RIGHT_REASONS,
  RIGHT_FOR_WRONG_REASONS,
  WRONG_BUT_LOOKED_RIGHT,
  WRONG_AND_LOOKED_ELSEWHERE,
  /** Labelled, but no region says where the model ought to look. */
  NO_REGION,
  /**
   * Labelled, but the map has nothing positive (or nothing finite): the model gave no place at all.
   */
  EMPTY_MAP;

  /** Whether the model looked where it should; null for verdicts that do not judge. */
  public Boolean lookedRight() {
    return switch (this) {
      case RIGHT_FOR_RIGHT_REASONS, WRONG_BUT_LOOKED_RIGHT -> true;
      case RIGHT_FOR_WRONG_REASONS, WRONG_AND_LOOKED_ELSEWHERE -> false;
      case NO_REGION, EMPTY_MAP -> null;
    };
  }
}
