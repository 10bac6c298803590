package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.job.AuditPlan;
import io.camaudit.precision.PrecisionCheck;
import io.camaudit.precision.PrecisionLimits;
import io.camaudit.report.PrecisionAgreement;
import io.camaudit.savedmodel.Precision;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of a run's check against float32. They mean nothing to a run that is in float32. */
final class PrecisionOptions {
  @Option(
      names = "--precision-check",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "Images of a run in bfloat16 that are explained in float32 too, to see how they agree; 0 for none. Default: ${DEFAULT-VALUE}.")
  private int images;

  @Option(
      names = "--precision-limit",
      paramLabel = "WHAT=SHARE",
      split = ",",
      description =
          "Of these more that differ from float32 make a run in bfloat16 fail: predictions, verdicts, peaks, and map, the maps' median difference over their maximum. Default: predictions=2%%, verdicts=2%%, peaks=10%%, map=5%%.")
  private List<String> limits = List.of();

  /**
   * Says what is wrong with the options before anything is computed.
   *
   * @throws UserException if something is
   */
  void check() {
    if (images < 0) {
      throw UserException.wrongArguments("--precision-check %d: must be at least 0.", images);
    }
    PrecisionLimits.parse(limits);
  }

  /** What decides the check, by the options' names; nothing for a run in float32. */
  Map<String, Object> summary(ExplainSettings settings) {
    Map<String, Object> summary = new LinkedHashMap<>();
    if (settings.precision() != Precision.FLOAT32) {
      summary.put("precision-check", images);
      summary.put("precision-limit", PrecisionLimits.parse(limits).toString());
    }
    return summary;
  }

  /** Checks a finished run; empty if it is in float32 or no image is to be checked. */
  Optional<PrecisionAgreement> check(AuditPlan plan) {
    if (plan.explain().precision() == Precision.FLOAT32 || images == 0) {
      return Optional.empty();
    }
    return Optional.of(
        RunRecords.read(
            plan,
            "check its precision",
            records ->
                PrecisionCheck.run(
                    records,
                    names -> plan.run().named(names, plan.folder()),
                    plan.explain(),
                    images)));
  }

  /** Says in a line how the run agrees with float32, and which exit code that is. */
  ExitCode conclude(PrecisionAgreement agreement, PrintWriter out, PrintWriter err) {
    out.println(line(agreement));
    List<String> exceeded = PrecisionLimits.parse(limits).exceededBy(agreement);
    exceeded.forEach(sentence -> err.println("camaudit: precision: " + sentence));
    return exceeded.isEmpty() ? ExitCode.OK : ExitCode.PRECISION;
  }

  static String line(PrecisionAgreement agreement) {
    if (agreement.images() == 0) {
      return "Precision: no explained image to compare with float32";
    }
    StringBuilder line = new StringBuilder("Precision: compared with float32");
    line.append(share("predictions", agreement.predictions()));
    if (agreement.verdicts() != null) {
      line.append(',').append(share("verdicts", agreement.verdicts()));
    }
    if (agreement.peaks() != null) {
      line.append(',').append(share("peaks", agreement.peaks()));
    }
    line.append(" are the same");
    if (agreement.maps() > 0) {
      line.append(
          String.format(
              Locale.ROOT,
              "; maps differ by %.2g %% of their maximum in the median, %.2g %% at worst",
              100 * agreement.medianMapDifference(),
              100 * agreement.worstMapDifference()));
    }
    return line.toString();
  }

  private static String share(String what, PrecisionAgreement.Share share) {
    return String.format(
        Locale.ROOT,
        " %d of %d %s (95 %% interval %.1f to %.1f %%)",
        share.same(),
        share.of(),
        what,
        100 * share.low(),
        100 * share.high());
  }
}
