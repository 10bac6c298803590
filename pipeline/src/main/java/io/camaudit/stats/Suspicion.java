package io.camaudit.stats;

import io.camaudit.report.ClassRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Which classes deserve suspicion. Each class with at least {@value #MIN_IMAGES} images is tested
 * against all other classes together; a difference counts if it is significant after
 * Benjamini–Hochberg at {@value Significance#FALSE_DISCOVERY_RATE} and large enough to matter. The
 * tests that need regions are one family, those that need none another.
 *
 * <p>A bad class among the rest makes the rest worse, never better: it can hide another bad class,
 * but makes no good one suspect.
 */
final class Suspicion {
  static final int MIN_IMAGES = 5;

  /** Least distance of the right-reason rate below the rest's. */
  static final double MIN_RATE_GAP = 0.10;

  /** Least mean border or corner lift: chance. Objects in the middle stay below. */
  static final double MIN_LIFT = 1;

  /** Least ratio of the mean border or corner lift to the rest's. */
  static final double MIN_LIFT_RATIO = 1.25;

  /** Least distance of the own place above the rest's, and least own place. */
  static final double MIN_OWN_PLACE = 0.15;

  /** Least standardised difference of means, a medium one by Cohen (1988). */
  static final double MIN_D = 0.5;

  /**
   * A map enters own place twice, as itself and in the mean of the others: the variance of such a
   * mean is up to four times that of independent values (Hoeffding 1948, U-statistics of degree 2).
   */
  static final double OWN_PLACE_ERROR_FACTOR = 2;

  /** Keeps the severity finite where nothing varies. */
  private static final double MAX_SEVERITY = 10;

  private static final double Z_ONE_SIDED = Intervals.normalQuantile(0.95);

  private static final Comparator<Flag> MOST_SUSPICIOUS_FIRST =
      Comparator.comparing((Flag flag) -> flag.kind() != FlagKind.LOOKS_ELSEWHERE)
          .thenComparing(Comparator.comparingDouble(Flag::severity).reversed());

  /** A class with what both passes found. */
  record Candidate(ClassRef classRef, ClassAccumulator sums, Moments ownPlace) {}

  /** A class's test before the others of its family are known. */
  record Finding(
      Candidate candidate,
      FlagKind kind,
      boolean largeEnough,
      double severity,
      double value,
      double rest,
      double pValue,
      Supplier<String> facts) {}

  private Suspicion() {}

  /** The flags, the most suspicious first; ties in the order of the classes and kinds. */
  static List<Flag> flags(List<Candidate> candidates) {
    List<Flag> flags = new ArrayList<>();
    flags.addAll(significant(withRegions(candidates)));
    flags.addAll(significant(withoutRegions(candidates)));
    flags.sort(MOST_SUSPICIOUS_FIRST);
    return flags;
  }

  private static List<Flag> significant(List<Finding> family) {
    double[] adjusted =
        Significance.benjaminiHochberg(family.stream().mapToDouble(Finding::pValue).toArray());
    return IntStream.range(0, adjusted.length)
        .filter(
            i -> adjusted[i] <= Significance.FALSE_DISCOVERY_RATE && family.get(i).largeEnough())
        .mapToObj(i -> flag(family.get(i), adjusted[i], adjusted.length))
        .toList();
  }

  private static Flag flag(Finding finding, double adjusted, int tests) {
    return new Flag(
        finding.candidate.classRef(),
        finding.kind,
        finding.severity,
        finding.value,
        finding.rest,
        finding.pValue,
        adjusted,
        FlagText.sentence(
            finding.kind, finding.candidate, finding.facts.get(), finding.pValue, adjusted, tests),
        FlagText.caution(finding.kind));
  }

  static List<Finding> withRegions(List<Candidate> candidates) {
    long judged = candidates.stream().mapToLong(c -> c.sums().judged()).sum();
    long right = candidates.stream().mapToLong(c -> c.sums().lookedRight()).sum();
    List<Finding> findings = new ArrayList<>();
    for (Candidate candidate : candidates) {
      long of = candidate.sums().judged();
      long restOf = judged - of;
      if (of >= MIN_IMAGES && restOf >= MIN_IMAGES) {
        long hits = candidate.sums().lookedRight();
        findings.add(belowTheRest(candidate, hits, of, right - hits, restOf));
      }
    }
    return findings;
  }

  private static Finding belowTheRest(
      Candidate candidate, long hits, long of, long restHits, long restOf) {
    double rate = (double) hits / of;
    double rest = (double) restHits / restOf;
    // Cohen's h; its variance does not depend on the rates.
    double h = 2 * (StrictMath.asin(Math.sqrt(rest)) - StrictMath.asin(Math.sqrt(rate)));
    double error = Math.sqrt(1.0 / of + 1.0 / restOf);
    return new Finding(
        candidate,
        FlagKind.LOOKS_ELSEWHERE,
        rest - rate >= MIN_RATE_GAP,
        h - Z_ONE_SIDED * error,
        rate,
        rest,
        Significance.fisherBelow(hits, of, restHits, restOf),
        () -> FlagText.rates(Intervals.rate(hits, of), Intervals.rate(restHits, restOf)));
  }

  static List<Finding> withoutRegions(List<Candidate> candidates) {
    Moments corners = new Moments();
    Moments borders = new Moments();
    Moments places = new Moments();
    for (Candidate candidate : candidates) {
      corners.merge(candidate.sums().moments(Quantity.CORNER_LIFT));
      borders.merge(candidate.sums().moments(Quantity.BORDER_LIFT));
      places.merge(candidate.ownPlace());
    }
    List<Finding> findings = new ArrayList<>();
    for (Candidate candidate : candidates) {
      Moments corner = candidate.sums().moments(Quantity.CORNER_LIFT);
      Moments border = candidate.sums().moments(Quantity.BORDER_LIFT);
      addAbove(findings, candidate, FlagKind.DRAWN_TO_CORNERS, corner, corners.minus(corner));
      addAbove(findings, candidate, FlagKind.DRAWN_TO_BORDERS, border, borders.minus(border));
      Moments place = candidate.ownPlace();
      addAbove(findings, candidate, FlagKind.ONE_PLACE, place, places.minus(place));
    }
    return findings;
  }

  private static void addAbove(
      List<Finding> findings, Candidate candidate, FlagKind kind, Moments own, Moments rest) {
    if (own.count() < MIN_IMAGES || rest.count() < MIN_IMAGES) {
      return;
    }
    boolean place = kind == FlagKind.ONE_PLACE;
    double difference = own.mean() - rest.mean();
    double sd = Math.sqrt((own.variance() + rest.variance()) / 2);
    double d = difference / sd;
    double n = own.count();
    double m = rest.count();
    // Hedges and Olkin (1985): approximate standard error of d.
    double error = Math.sqrt(1 / n + 1 / m + d * d / (2 * (n + m)));
    boolean largeEnough =
        place
            ? Math.min(difference, own.mean()) >= MIN_OWN_PLACE
            : own.mean() >= MIN_LIFT && own.mean() >= MIN_LIFT_RATIO * rest.mean();
    double severity = sd == 0 ? MAX_SEVERITY : Math.min(MAX_SEVERITY, d - Z_ONE_SIDED * error);
    findings.add(
        new Finding(
            candidate,
            kind,
            largeEnough && difference > 0 && (sd == 0 || d >= MIN_D),
            severity,
            own.mean(),
            rest.mean(),
            Significance.welchAbove(own, rest, place ? OWN_PLACE_ERROR_FACTOR : 1),
            () ->
                FlagText.means(kind, Intervals.mean(own), Intervals.mean(rest), candidate.sums())));
  }
}
