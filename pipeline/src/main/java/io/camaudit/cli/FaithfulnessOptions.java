package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.faithfulness.FaithfulnessCheck;
import io.camaudit.job.AuditPlan;
import io.camaudit.report.Faithfulness;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RecordReader;
import io.camaudit.storage.StorageReason;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option for a test of a run's maps. */
final class FaithfulnessOptions {
  @Option(
      names = "--faithfulness",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Images whose maps are tested when all are explained, by taking cells out of the pictures, most and least relevant first; 16 answers of the model each. Default: ${DEFAULT-VALUE}, none.")
  private int images;

  /**
   * @throws UserException for a number that cannot be meant
   */
  void check() {
    if (images < 0) {
      throw UserException.wrongArguments("--faithfulness %d: must be at least 0.", images);
    }
  }

  /** What was asked for, by the option's name; nothing if nothing was. */
  Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    if (images > 0) {
      summary.put("faithfulness", images);
    }
    return summary;
  }

  /** Tests a finished run's maps; empty if that was not asked for, or if it has none. */
  Optional<Faithfulness> measure(AuditPlan plan) {
    if (images == 0) {
      return Optional.empty();
    }
    try (RecordReader records = new RecordReader(RecordFile.of(plan.folder()))) {
      return Optional.ofNullable(
          FaithfulnessCheck.run(
              records, names -> plan.run().named(names, plan.folder()), plan.explain(), images));
    } catch (IOException e) {
      throw new UserException(
          ExitCode.STORAGE,
          String.format(
              Locale.ROOT,
              "The run's records cannot be read to test its maps: %s.",
              StorageReason.of(e)),
          e);
    }
  }

  /** One line for the person at the terminal. */
  static String line(Faithfulness found) {
    if (found.gain() == null) {
      return "Faithfulness: no image could be read again to test its map";
    }
    Faithfulness.Estimate gain = found.gain();
    String interval =
        gain.low() == null
            ? ""
            : String.format(
                Locale.ROOT, " (95 %% interval %.3f to %.3f)", gain.low(), gain.high());
    return String.format(
        Locale.ROOT,
        "Faithfulness: symmetric relevance gain %.3f%s on %,d images; 0 is chance",
        gain.mean(),
        interval,
        found.images());
  }
}
