package io.camaudit.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.explain.ClassIndex;
import io.camaudit.gate.AuditedRun;
import io.camaudit.gate.Gate;
import io.camaudit.gate.GateRules;
import io.camaudit.gate.JUnitXml;
import io.camaudit.gate.RuleResult;
import io.camaudit.gate.RuleResult.Outcome;
import io.camaudit.proof.ProofFiles;
import io.camaudit.proof.Proofs;
import io.camaudit.report.Faithfulness;
import io.camaudit.report.ReportJson;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.ModelException;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.StatisticsFiles;
import io.camaudit.storage.ModelFolder;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StorageReason;
import io.camaudit.strategy.StoredStrategies;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A gate that is ready to judge runs.
 *
 * @param earlier the run to compare with; null if no rule compares
 */
record RunGate(GateRules rules, AuditedRun earlier) {
  /**
   * Judges a finished run, writes {@code gate.xml} into its folder and says which rules are
   * violated.
   */
  ExitCode judge(RunFolder run, PrintWriter out, PrintWriter err) {
    List<RuleResult> results = Gate.judge(rules, read(run), earlier);
    run.write(RunFolder.GATE, JUnitXml.of(results));
    results.stream()
        .filter(result -> result.outcome() == Outcome.VIOLATED)
        .forEach(result -> err.println("camaudit: gate: " + result.sentence()));
    long violated = count(results, Outcome.VIOLATED);
    long skipped = count(results, Outcome.SKIPPED);
    String verdict =
        violated > 0
            ? String.format(Locale.ROOT, "%d of %d rules violated", violated, results.size())
            : String.format(Locale.ROOT, "no rule of %d violated", results.size());
    out.printf(
        Locale.ROOT,
        "Gate: %s%s; see %s%n",
        verdict,
        skipped == 0 ? "" : String.format(Locale.ROOT, ", %d skipped", skipped),
        run.locate(RunFolder.GATE));
    return violated > 0 ? ExitCode.GATE : ExitCode.OK;
  }

  /**
   * What a run left to judge it by.
   *
   * @throws UserException if the folder holds no finished run
   */
  static AuditedRun read(RunFolder run) {
    String file = "run.json"; // the last that an audit writes: without it none has finished
    try {
      JsonNode made = ReportJson.mapper().readTree(run.read(file));
      Faithfulness faithfulness =
          ReportJson.mapper().treeToValue(made.get("faithfulness"), Faithfulness.class);
      file = "classes.json";
      DatasetStatistics statistics = StatisticsFiles.read(run.read(file));
      file = RunFolder.PROOF;
      Proofs proofs = run.has(file) ? ProofFiles.read(run.read(file)) : null;
      file = RunFolder.STRATEGIES;
      StoredStrategies strategies = StoredStrategies.of(run);
      return new AuditedRun(statistics, made.path("options"), faithfulness, proofs, strategies);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw UserException.wrongArguments(
          "%s holds no finished run: there is no %s; make one with ./camaudit audit.",
          run.root(), file);
    } catch (IOException e) {
      throw new UserException(
          StorageReason.code(e, ExitCode.WRONG_ARGUMENTS),
          String.format(
              Locale.ROOT,
              "%s cannot be read: %s.",
              run.locate(file),
              e instanceof JsonProcessingException ? "it is damaged" : StorageReason.of(e)),
          e);
    }
  }

  /** The classes of a finished run's model; empty if the model is gone or another by now. */
  static Optional<ClassIndex> classes(RunFolder run) {
    try {
      JsonNode model = ReportJson.mapper().readTree(run.read("run.json")).path("model");
      ModelCard card = ModelCard.read(ModelFolder.local(model.path("path").asText(), null));
      boolean same = model.path("weightsSha256").asText().equals(card.model().weightsSha256());
      return same ? Optional.of(new ClassIndex(card.labels())) : Optional.empty();
    } catch (IOException | ModelException | UserException e) {
      return Optional.empty();
    }
  }

  private static long count(List<RuleResult> results, Outcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).count();
  }
}
