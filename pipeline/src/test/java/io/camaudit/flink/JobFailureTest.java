package io.camaudit.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import org.junit.jupiter.api.Test;

class JobFailureTest {
  @Test
  void aWorkersSentenceStaysThatSentence() {
    UserException said = UserException.wrongArguments("Set the option.");
    Throwable wrapped = new RuntimeException("Job failed", new IllegalStateException(said));
    assertThat(JobFailure.of(wrapped, "host:1")).isSameAs(said);
  }

  @Test
  void whatAnotherMachineCannotReachIsSaidToBeThere() {
    UserException said = new UserException(ExitCode.STORAGE, "No credentials were found.");
    assertThat(JobFailure.elsewhere(new RuntimeException(said), "host:1"))
        .hasMessageStartingWith(
            "No credentials were found. A TaskManager of the Flink cluster at host:1 said so;")
        .extracting(told -> ((UserException) told).exitCode())
        .isEqualTo(ExitCode.STORAGE);
    UserException other = UserException.wrongArguments("Set the option.");
    assertThat(JobFailure.elsewhere(other, "host:1")).isSameAs(other);
  }

  @Test
  void theClustersFailuresAreToldInASentence() {
    Throwable lost = new java.util.concurrent.TimeoutException("Heartbeat timed out.\nmore");
    lost.setStackTrace(new StackTraceElement[] {frame("org.apache.flink.Some")});
    RuntimeException told = JobFailure.of(new RuntimeException("Job failed", lost), "host:1");
    assertThat(told)
        .hasMessage(
            "The job failed on the Flink cluster at host:1: TimeoutException, Heartbeat timed out. "
                + JobFailure.WHAT_NEXT);
    assertThat(((UserException) told).exitCode()).isEqualTo(ExitCode.CLUSTER);
  }

  @Test
  void memoryThatRanOutIsToldInASentenceWhereverItDid() {
    Throwable memory = new OutOfMemoryError("Java heap space");
    memory.setStackTrace(new StackTraceElement[] {frame("io.camaudit.image.ImageDecoder")});
    assertThat(JobFailure.of(memory, "host:1"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("OutOfMemoryError, Java heap space");
  }

  @Test
  void ourOwnMistakesStayWhatTheyAre() {
    Throwable bug = new NullPointerException();
    bug.setStackTrace(
        new StackTraceElement[] {frame("java.util.Objects"), frame("io.camaudit.job.Some")});
    assertThat(JobFailure.of(new RuntimeException(bug), "host:1"))
        .isNotInstanceOf(UserException.class)
        .hasRootCause(bug);
  }

  private static StackTraceElement frame(String type) {
    return new StackTraceElement(type, "method", "File.java", 1);
  }
}
