package io.camaudit.measure;

import io.camaudit.Nearest;
import io.camaudit.UserException;
import io.camaudit.measure.VerdictCondition.All;
import io.camaudit.measure.VerdictCondition.Any;
import io.camaudit.measure.VerdictCondition.AtLeast;
import io.camaudit.measure.VerdictCondition.Number;
import io.camaudit.measure.VerdictCondition.Pointing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recursive descent over {@code or}, {@code and} and single terms. */
final class VerdictRuleParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:([a-z_]+)|([0-9]*\\.?[0-9]+(?:e[-+]?[0-9]+)?)|(>=|[<>=]+|[()])|(\\S))");
  private static final List<String> TERMS = List.of("pointing", "energy", "lift", "iou", "rank");
  private static final String FORM =
      "a rule is made of pointing, energy>=0.5, lift>=1.5, iou>=0.5 or rank>=0.5,"
          + " joined with and / or";

  private final String rule;
  private final List<String> tokens = new ArrayList<>();
  private int next;

  VerdictRuleParser(String rule) {
    this.rule = rule;
    Matcher matcher = TOKEN.matcher(rule.toLowerCase(Locale.ROOT).stripTrailing());
    while (matcher.lookingAt()) {
      tokens.add(matcher.group().strip());
      matcher.region(matcher.end(), matcher.regionEnd());
    }
  }

  VerdictCondition parse() {
    if (tokens.isEmpty()) {
      throw error("it is empty");
    }
    VerdictCondition condition = any();
    if (next < tokens.size()) {
      throw error(
          String.format(Locale.ROOT, "after a complete condition stands \"%s\"", peek())
              + nearest("and", "or"));
    }
    return condition;
  }

  private VerdictCondition any() {
    List<VerdictCondition> parts = new ArrayList<>();
    do {
      VerdictCondition part = all();
      parts.addAll(part instanceof Any nested ? nested.parts() : List.of(part));
    } while (accept("or"));
    return parts.size() == 1 ? parts.get(0) : new Any(List.copyOf(parts));
  }

  private VerdictCondition all() {
    List<VerdictCondition> parts = new ArrayList<>();
    do {
      VerdictCondition part = term();
      parts.addAll(part instanceof All nested ? nested.parts() : List.of(part));
    } while (accept("and"));
    return parts.size() == 1 ? parts.get(0) : new All(List.copyOf(parts));
  }

  private VerdictCondition term() {
    if (accept("(")) {
      VerdictCondition condition = any();
      if (!accept(")")) {
        throw error("a parenthesis is not closed");
      }
      return condition;
    }
    if (accept("pointing")) {
      return new Pointing();
    }
    for (Number number : Number.values()) {
      if (accept(number.name().toLowerCase(Locale.ROOT))) {
        return atLeast(number);
      }
    }
    throw error(
        String.format(Locale.ROOT, "\"%s\" is no condition", peek())
            + nearest(TERMS.toArray(new String[0])));
  }

  private VerdictCondition atLeast(Number number) {
    String name = tokens.get(next - 1);
    if (!accept(">=")) {
      throw error(String.format(Locale.ROOT, "%s wants >= and a number, got \"%s\"", name, peek()));
    }
    double least;
    try {
      least = Double.parseDouble(peek());
    } catch (NumberFormatException e) {
      throw error(String.format(Locale.ROOT, "%s>= wants a number, got \"%s\"", name, peek()));
    }
    // At 0 the condition would hold for every map: a rule that judges nothing is a slip.
    if (!(least > 0 && least <= number.greatest && Double.isFinite(least))) {
      throw error(
          String.format(
              Locale.ROOT,
              "%s>=%s asks for a value outside the range: above 0%s",
              name,
              peek(),
              Double.isFinite(number.greatest) ? " and at most 1" : ""));
    }
    next++;
    return new AtLeast(number, least);
  }

  private boolean accept(String token) {
    if (!peek().equals(token)) {
      return false;
    }
    next++;
    return true;
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "the end";
  }

  private String nearest(String... candidates) {
    return next < tokens.size()
        ? String.format(
            Locale.ROOT,
            ", the nearest is \"%s\"",
            Nearest.to(peek(), List.of(candidates), 1).get(0))
        : "";
  }

  private UserException error(String what) {
    return UserException.wrongArguments("Verdict rule \"%s\": %s; %s.", rule, what, FORM);
  }
}
