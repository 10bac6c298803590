package io.camaudit.explain;

import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageStatus;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fault of this program that came to light at an image. It costs that image only, but is told as
 * what it is: as the file's fault nobody would look for it here.
 */
final class OwnFault {
  private static final Logger LOG = LoggerFactory.getLogger(OwnFault.class);

  /** Of many faults one stack trace is enough to find the place. */
  private static final AtomicBoolean TRACED = new AtomicBoolean();

  private OwnFault() {}

  /** What the image's report says, and a line of the log. */
  static Refusal at(Subject subject, Throwable thrown, ImageFile file) {
    String reason = "internal error of camaudit, please report it: " + thrown + place(thrown);
    if (TRACED.compareAndSet(false, true)) {
      LOG.error("{}: {}", subject.ref().name(), reason, thrown);
    } else {
      LOG.error("{}: {}", subject.ref().name(), reason);
    }
    return subject.refuse(ImageStatus.INTERNAL_ERROR, reason, file);
  }

  private static String place(Throwable thrown) {
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getClassName().startsWith("io.camaudit.")) {
        return String.format(Locale.ROOT, " at %s:%d", frame.getFileName(), frame.getLineNumber());
      }
    }
    return "";
  }
}
