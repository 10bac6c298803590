package io.camaudit.measure;

import io.camaudit.report.RegionFit;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A node of a {@link VerdictRule}; its text is canonical. */
sealed interface VerdictCondition extends Serializable {
  boolean holds(RegionFit fit);

  record Pointing() implements VerdictCondition {
    @Override
    public boolean holds(RegionFit fit) {
      return fit.pointingHit();
    }

    @Override
    public String toString() {
      return "pointing";
    }
  }

  /** A number that a rule may ask a least value of. */
  enum Number {
    ENERGY(1),
    LIFT(Double.POSITIVE_INFINITY),
    IOU(1),
    RANK(1);

    final double greatest;

    Number(double greatest) {
      this.greatest = greatest;
    }

    double of(RegionFit fit) {
      return switch (this) {
        case ENERGY -> fit.energyShare();
        case LIFT -> fit.lift();
        case IOU -> fit.iou();
        case RANK -> fit.rankAccuracy();
      };
    }
  }

  record AtLeast(Number number, double least) implements VerdictCondition {
    @Override
    public boolean holds(RegionFit fit) {
      return number.of(fit) >= least;
    }

    @Override
    public String toString() {
      return number.name().toLowerCase(Locale.ROOT) + ">=" + least;
    }
  }

  /** Two or more conditions, all of which must hold. */
  record All(List<VerdictCondition> parts) implements VerdictCondition {
    @Override
    public boolean holds(RegionFit fit) {
      return parts.stream().allMatch(part -> part.holds(fit));
    }

    @Override
    public String toString() {
      return parts.stream()
          .map(part -> part instanceof Any ? "(" + part + ")" : part.toString())
          .collect(Collectors.joining(" and "));
    }
  }

  /** Two or more conditions, one of which must hold. */
  record Any(List<VerdictCondition> parts) implements VerdictCondition {
    @Override
    public boolean holds(RegionFit fit) {
      return parts.stream().anyMatch(part -> part.holds(fit));
    }

    @Override
    public String toString() {
      return parts.stream().map(VerdictCondition::toString).collect(Collectors.joining(" or "));
    }
  }
}
