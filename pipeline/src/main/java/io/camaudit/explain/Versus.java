package io.camaudit.explain;

import io.camaudit.UserException;
import io.camaudit.savedmodel.ModelCard;
import java.util.List;

/**
 * The class rather than which targets are explained: why a balloon and not a fish? The map is of
 * the difference of the two logits, {@code y = z_target − z_other}, so that what speaks for both
 * alike is not in it.
 *
 * @param other index of the other class; null for {@link #NEXT}
 */
record Versus(Integer other) {
  /** The likeliest class other than the target, image by image. */
  static final String NEXT = "next";

  /**
   * Reads what was typed.
   *
   * @param text a class by name, id or index, or {@link #NEXT}; null for none
   * @return null for none
   * @throws UserException for a name that means no class or several, a target that would be
   *     explained rather than itself, or a method whose maps are no class's own
   */
  static Versus parse(
      String text, TargetPlan targets, String method, ModelCard card, ClassIndex classes) {
    if (text == null) {
      return null;
    }
    if (!MethodChoice.isClassSpecific(method, card)) {
      throw UserException.wrongArguments(
          "--versus %s: maps of the method %s are the same for every class.", text, method);
    }
    if (text.equals(NEXT)) {
      return new Versus(null);
    }
    int other = classes.require(text).index();
    if (targets.names(other)) {
      throw UserException.wrongArguments(
          "--versus %s: %s is a target too, and nothing speaks for a class rather than itself.",
          text, classes.label(other).name());
    }
    return new Versus(other);
  }

  /** The other class for a target, given the image's logits. */
  int of(int target, List<Integer> ranking) {
    return other != null
        ? other
        : ranking.stream().filter(index -> index != target).findFirst().orElse(target);
  }
}
