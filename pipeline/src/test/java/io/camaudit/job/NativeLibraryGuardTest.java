package io.camaudit.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class NativeLibraryGuardTest {
  private static final String FIRST_JOB = "jar:file:/tmp/blob-1!/org/tensorflow/TensorFlow.class";
  private static final String SECOND_JOB = "jar:file:/tmp/blob-2!/org/tensorflow/TensorFlow.class";

  private final Properties process = new Properties();

  @Test
  void refusesASecondJobWhoseLibrariesWouldBeUnpackedElsewhere() {
    NativeLibraryGuard.check(process, FIRST_JOB);
    assertThatThrownBy(() -> NativeLibraryGuard.check(process, SECOND_JOB))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("-Dorg.bytedeco.javacpp.cachedir=FOLDER")
        .hasMessageContaining("-Dorg.bytedeco.javacpp.cachedir.nosubdir=true");
  }

  @Test
  void takesAnyNumberOfJobsWithOneFolderForAll() {
    process.setProperty(NativeLibraryGuard.CACHE, "/tmp/javacpp");
    process.setProperty(NativeLibraryGuard.NO_SUBDIRECTORIES, "true");
    NativeLibraryGuard.check(process, FIRST_JOB);
    assertThatCode(() -> NativeLibraryGuard.check(process, SECOND_JOB)).doesNotThrowAnyException();
  }

  @Test
  void aFolderAloneIsNotEnough() {
    process.setProperty(NativeLibraryGuard.CACHE, "/tmp/javacpp");
    NativeLibraryGuard.check(process, FIRST_JOB);
    assertThatThrownBy(() -> NativeLibraryGuard.check(process, SECOND_JOB))
        .isInstanceOf(UserException.class);
  }

  @Test
  void takesJobsThatShareTheClustersOwnTensorFlow() {
    String clusters = "jar:file:/opt/flink/lib/tensorflow.jar!/org/tensorflow/TensorFlow.class";
    NativeLibraryGuard.check(process, clusters);
    assertThatCode(() -> NativeLibraryGuard.check(process, clusters)).doesNotThrowAnyException();
  }
}
