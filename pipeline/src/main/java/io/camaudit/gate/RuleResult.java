package io.camaudit.gate;

/**
 * How a run answers one rule.
 *
 * @param group the rule's key in the gate file
 * @param rule what is asked, in a few words
 * @param sentence what was found and what was wanted, with the numbers
 */
public record RuleResult(String group, String rule, Outcome outcome, String sentence) {
  /** How it ended. */
  public enum Outcome {
    PASSED,
    VIOLATED,
    /** Too few images to say; never counted as passed. */
    SKIPPED
  }

  static RuleResult of(String group, String rule, boolean kept, String sentence) {
    return new RuleResult(group, rule, kept ? Outcome.PASSED : Outcome.VIOLATED, sentence);
  }

  static RuleResult violated(String group, String rule, String sentence) {
    return new RuleResult(group, rule, Outcome.VIOLATED, sentence);
  }

  static RuleResult skipped(String group, String rule, String sentence) {
    return new RuleResult(group, rule, Outcome.SKIPPED, sentence);
  }
}
