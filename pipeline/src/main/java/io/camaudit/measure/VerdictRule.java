package io.camaudit.measure;

import io.camaudit.UserException;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.RegionFit;
import io.camaudit.report.Verdict;
import java.io.Serializable;
import java.util.Objects;

/**
 * When a map counts as having looked right: a condition on the numbers of {@link RegionFit}, such
 * as {@code pointing}, {@code energy>=0.5} or {@code pointing and (energy>=0.3 or lift>=2)}.
 *
 * <p>Terms are {@code pointing}, and {@code energy}, {@code lift}, {@code iou} or {@code rank} with
 * {@code >=} and a number. {@code and} binds closer than {@code or}; parentheses group. Case and
 * spaces do not matter. {@link #toString} is the canonical text, which {@link #parse} reads back to
 * an equal rule.
 */
public final class VerdictRule implements Serializable {
  private static final long serialVersionUID = 1;

  /** The peak lies in the region or within the tolerance of it. */
  public static final VerdictRule DEFAULT = new VerdictRule(new VerdictCondition.Pointing());

  private final VerdictCondition condition;

  private VerdictRule(VerdictCondition condition) {
    this.condition = condition;
  }

  /**
   * Reads a rule.
   *
   * @throws UserException with one sentence that says what was read where and what was expected
   */
  public static VerdictRule parse(String text) {
    return new VerdictRule(new VerdictRuleParser(text).parse());
  }

  /** Whether a map that agrees so with its region looked right. */
  public boolean holds(RegionFit fit) {
    return condition.holds(fit);
  }

  /**
   * Judges an image.
   *
   * @param correct whether the first prediction is the label; null without a label that the model
   *     knows
   * @param hasRegion whether some of the image's region shows on the model's input
   * @param mapStatus of the explanation that is judged
   * @param fit of that explanation; may be null unless there are both a region and a map
   * @return null if {@code correct} is null: nothing to be right about. Otherwise NO_REGION comes
   *     before EMPTY_MAP, so that the number of images without a region does not depend on the
   *     model. A map that is not finite counts as empty
   */
  public Verdict of(Boolean correct, boolean hasRegion, ImageStatus mapStatus, RegionFit fit) {
    if (correct == null) {
      return null;
    }
    if (!hasRegion) {
      return Verdict.NO_REGION;
    }
    if (mapStatus != ImageStatus.OK) {
      return Verdict.EMPTY_MAP;
    }
    boolean lookedRight = holds(Objects.requireNonNull(fit, "a region and a map, but no numbers"));
    if (correct) {
      return lookedRight ? Verdict.RIGHT_FOR_RIGHT_REASONS : Verdict.RIGHT_FOR_WRONG_REASONS;
    }
    return lookedRight ? Verdict.WRONG_BUT_LOOKED_RIGHT : Verdict.WRONG_AND_LOOKED_ELSEWHERE;
  }

  @Override
  public String toString() {
    return condition.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerdictRule rule && condition.equals(rule.condition);
  }

  @Override
  public int hashCode() {
    return condition.hashCode();
  }
}
