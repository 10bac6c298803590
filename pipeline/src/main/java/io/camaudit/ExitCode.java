package io.camaudit;

/** What a finished command tells its caller; one code per reaction that it asks for. */
public enum ExitCode {
  OK(0, "all fine"),
  /** Anything unforeseen: the stack trace is for us. */
  BUG(1, "unexpected error: please report it"),
  WRONG_ARGUMENTS(2, "wrong arguments, configuration, labels or regions: nothing was computed"),
  MODEL_UNUSABLE(
      3, "the model is missing, damaged or of another contract version: export it again"),
  NOTHING_MATCHED(4, "no image matched the input"),
  TOO_MANY_FAILURES(5, "finished, but more images failed than --max-failures allows"),
  /** To be tried again, which {@link #WRONG_ARGUMENTS} is not. */
  STORAGE(
      6,
      "storage does not answer, or the output cannot be written: what was already written stays"),
  GATE(7, "finished, but a rule of the gate is violated"),
  PRECISION(8, "finished, but further from float32 than --precision-limit allows"),
  CLUSTER(9, "the Flink cluster ended the job, or is gone: what is done stays"),
  INTERNAL_ERRORS(10, "finished, but at some images the program itself failed: please report it"),
  MEMORY(11, "there was not enough memory: what is done stays"),
  BUSY(12, "another run is under way in the folder: wait for its end, or choose another");

  private final int value;
  private final String meaning;

  ExitCode(int value, String meaning) {
    this.value = value;
    this.meaning = meaning;
  }

  public int value() {
    return value;
  }

  public String meaning() {
    return meaning;
  }
}
