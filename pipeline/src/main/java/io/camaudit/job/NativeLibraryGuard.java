package io.camaudit.job;

import io.camaudit.UserException;
import java.net.URL;
import java.util.Properties;

/**
 * Keeps a worker process alive that could not load TensorFlow once more. A Flink cluster unpacks a
 * job's jar to another path at each submission, and JavaCPP unpacks the libraries of each jar to a
 * folder of its own, so a second job in the same process would load them a second time. TensorFlow
 * ends the process then, with all that other jobs do in it. The first job leaves a note for those
 * that follow: not in a static field, since each job has classes of its own, but in the system
 * properties, which are the process's.
 */
final class NativeLibraryGuard {
  /** Where the process has unpacked TensorFlow's libraries. */
  static final String NOTE = "camaudit.tensorflow.unpacked";

  static final String CACHE = "org.bytedeco.javacpp.cachedir";
  static final String NO_SUBDIRECTORIES = "org.bytedeco.javacpp.cachedir.nosubdir";

  private static final String TENSORFLOW = "org/tensorflow/TensorFlow.class";

  private NativeLibraryGuard() {}

  /**
   * To be called before anything of TensorFlow is.
   *
   * @throws UserException if its libraries would be loaded a second time
   */
  static void check() {
    URL tensorFlow = NativeLibraryGuard.class.getClassLoader().getResource(TENSORFLOW);
    check(System.getProperties(), String.valueOf(tensorFlow));
  }

  /** The same for a process with these properties and TensorFlow's classes in that place. */
  static void check(Properties process, String tensorFlow) {
    boolean fixed = "true".equalsIgnoreCase(process.getProperty(NO_SUBDIRECTORIES));
    String place = fixed ? process.getProperty(CACHE, "JavaCPP's default folder") : tensorFlow;
    Object before = process.putIfAbsent(NOTE, place);
    if (before != null && !before.equals(place)) {
      throw UserException.wrongArguments(
          "This worker process has loaded TensorFlow for another job and would not survive loading it again: start the TaskManagers with -D%s=FOLDER -D%s=true in env.java.opts.taskmanager, as configs/flink/config.yaml does.",
          CACHE, NO_SUBDIRECTORIES);
    }
  }
}
