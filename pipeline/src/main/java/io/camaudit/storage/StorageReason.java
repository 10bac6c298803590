package io.camaudit.storage;

import io.camaudit.ExitCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** Says in words why storage refused; the messages of {@code java.nio} are bare paths. */
public final class StorageReason {
  private StorageReason() {}

  public static String of(IOException e) {
    return of((Throwable) e);
  }

  static String of(Throwable e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (e instanceof FileNotFoundException && Storage.isMissing(e)) {
      return e.getMessage();
    }
    if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
      return "a file stands where a folder is needed";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    Optional<String> unknown = unknownHost(e);
    if (unknown.isPresent()) {
      return unknown.get();
    }
    Optional<String> vendors = Storage.reason(e);
    if (vendors.isPresent()) {
      return Secrets.redact(vendors.get());
    }
    if (e.getMessage() == null) {
      return e.getClass().getSimpleName();
    }
    // Beam says only that something failed; why is said by what it wraps. Hadoop's exceptions bring
    // a whole stack trace along, behind their first line.
    Throwable saying =
        e instanceof IOException
                && !(e instanceof FileNotFoundException)
                && e.getCause() != null
                && e.getCause().getMessage() != null
            ? e.getCause()
            : e;
    String first = saying.getMessage().lines().findFirst().orElse("").strip();
    return Secrets.redact(first.endsWith(".") ? first.substring(0, first.length() - 1) : first);
  }

  /**
   * The exit code for what storage refused: of its own if another try may go better, since whoever
   * starts commands by a schedule gives up on a mistake.
   *
   * @param otherwise for what stays as it is
   */
  public static ExitCode code(IOException e, ExitCode otherwise) {
    return Retries.isTransient(e) ? ExitCode.STORAGE : otherwise;
  }

  private static Optional<String> unknownHost(Throwable thrown) {
    return Causes.of(thrown)
        .filter(cause -> cause instanceof UnknownHostException && cause.getMessage() != null)
        .map(cause -> "no host is known as " + cause.getMessage().split("[:\\s]", 2)[0])
        .map(Secrets::redact)
        .findFirst();
  }
}
