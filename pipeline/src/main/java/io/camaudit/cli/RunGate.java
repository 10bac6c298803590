package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.gate.Gate;
import io.camaudit.gate.GateRules;
import io.camaudit.gate.JUnitXml;
import io.camaudit.gate.RuleResult;
import io.camaudit.gate.RuleResult.Outcome;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.StatisticsFiles;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/**
 * A gate that is ready to judge runs.
 *
 * @param earlier the statistics of the run to compare with; null if no rule compares
 */
record RunGate(GateRules rules, DatasetStatistics earlier) {
  static final String FILE = "gate.xml";

  /**
   * Judges a finished run, writes {@code gate.xml} into its folder and says which rules are
   * violated.
   */
  ExitCode judge(RunFolder run, PrintWriter out, PrintWriter err) {
    List<RuleResult> results = Gate.judge(rules, statistics(run), earlier);
    run.write(FILE, JUnitXml.of(results));
    results.stream()
        .filter(result -> result.outcome() == Outcome.VIOLATED)
        .forEach(result -> err.println("camaudit: gate: " + result.sentence()));
    long violated = count(results, Outcome.VIOLATED);
    long skipped = count(results, Outcome.SKIPPED);
    String verdict =
        violated > 0
            ? "%d of %d rules violated".formatted(violated, results.size())
            : "no rule of %d violated".formatted(results.size());
    out.printf(
        "Gate: %s%s; see %s%n",
        verdict, skipped == 0 ? "" : ", %d skipped".formatted(skipped), run.locate(FILE));
    return violated > 0 ? ExitCode.GATE : ExitCode.OK;
  }

  /**
   * The statistics that a run left.
   *
   * @throws UserException if the folder holds no finished run
   */
  static DatasetStatistics statistics(RunFolder run) {
    try {
      return StatisticsFiles.read(run.read("classes.json"));
    } catch (IOException e) {
      throw UserException.wrongArguments(
          "%s holds no finished run: classes.json cannot be read; make one with ./camaudit audit.",
          run.root());
    }
  }

  private static long count(List<RuleResult> results, Outcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).count();
  }
}
