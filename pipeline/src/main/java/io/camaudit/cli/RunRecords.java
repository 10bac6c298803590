package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.job.AuditPlan;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RecordReader;
import io.camaudit.storage.StorageReason;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;

/** The records of a run that has just ended, read once more. */
final class RunRecords {
  private RunRecords() {}

  /**
   * What comes of reading them.
   *
   * @param purpose of it, after "to"
   * @throws UserException if they cannot be read
   */
  static <T> T read(AuditPlan plan, String purpose, Function<RecordReader, T> reading) {
    try (RecordReader records = new RecordReader(RecordFile.of(plan.folder()))) {
      return reading.apply(records);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.STORAGE,
          String.format(
              Locale.ROOT,
              "The run's records cannot be read to %s: %s.",
              purpose,
              StorageReason.of(e)),
          e);
    }
  }
}
