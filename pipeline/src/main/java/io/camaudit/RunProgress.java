package io.camaudit;

import java.time.Duration;

/** Told from time to time how far a run is; for people, so a missed or late call does no harm. */
public interface RunProgress {
  /**
   * @param done images with a status
   * @param total images matched; 0 while they are being listed
   * @param failed images among {@code done} that ended in a failure
   * @param before images among {@code done} that were so at the start
   * @param elapsed since then
   */
  void update(long done, long total, long failed, long before, Duration elapsed);
}
