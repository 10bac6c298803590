package io.camaudit.gate;

import io.camaudit.report.Faithfulness;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Least value of how faithful the maps are that a run judges by. */
final class FaithfulnessRule {
  private static final String KEY = "faithfulness";

  private FaithfulnessRule() {}

  /** Nothing without such a rule. */
  static List<RuleResult> judge(GateRules rules, Faithfulness found) {
    if (rules.faithfulness() == null) {
      return List.of();
    }
    double least = rules.faithfulness().minimum();
    String bound = BigDecimal.valueOf(least).toPlainString();
    String rule = String.format(Locale.ROOT, "gain at least %s", bound);
    if (found == null || found.gain() == null) {
      return List.of(
          RuleResult.violated(
              KEY,
              rule,
              "The maps' faithfulness is not known: "
                  + (found == null
                      ? "the run did not measure it; audit with --faithfulness 200."
                      : "no image could be read again to measure it.")));
    }
    Faithfulness.Estimate gain = found.gain();
    Double judged = rules.judgeBy() == JudgeBy.ESTIMATE ? Double.valueOf(gain.mean()) : gain.low();
    return List.of(
        RuleResult.of(
            KEY,
            rule,
            // Of a single image nothing is sure.
            judged != null && judged >= least - JudgeBy.ROUNDING,
            String.format(
                Locale.ROOT,
                "The maps' symmetric relevance gain is %s; wanted is at least %s%s.",
                words(gain, found.maps().get(0).images(), least),
                bound,
                Wording.basis(rules.judgeBy()))));
  }

  /** With as many decimals as it takes to see on which side of a bound each number is. */
  private static String words(Faithfulness.Estimate gain, long images, double bound) {
    if (gain.low() == null) {
      return String.format(Locale.ROOT, "%s (1 image)", BigDecimal.valueOf(gain.mean()));
    }
    int decimals = Wording.decimals(bound, gain.mean(), gain.low(), gain.high());
    String number = "%." + decimals + "f";
    return String.format(
        Locale.ROOT,
        number + " (95 %% interval " + number + " to " + number + ", %d images)",
        gain.mean(),
        gain.low(),
        gain.high(),
        images);
  }
}
