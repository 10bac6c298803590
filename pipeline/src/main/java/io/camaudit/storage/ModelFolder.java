package io.camaudit.storage;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * An exported model's folder on any storage. TensorFlow loads from local disks only, so a remote
 * one is copied, once for each version of it.
 */
public final class ModelFolder {
  private ModelFolder() {}

  /**
   * The model's folder on this machine.
   *
   * @param location local or remote
   * @param sha256 what {@link #sha256} has to say of it; null to take whatever is there
   * @throws UserException if it cannot be fetched, or is another
   */
  public static Path local(String location, String sha256) {
    Storage.require("--model", location);
    Path folder;
    try {
      folder = LocalCopies.ofUser().of(location);
    } catch (IOException e) {
      throw unusable(
          "The model %s cannot be fetched: %s."
              .formatted(Secrets.redact(location), StorageReason.of(e)),
          e);
    }
    if (sha256 != null) {
      String found = sha256(folder);
      if (!found.equals(sha256.toLowerCase(Locale.ROOT))) {
        throw unusable(
            "The model %s is not the one that --model-sha256 pins: its SHA-256 is %s; nothing of it was loaded."
                .formatted(Secrets.redact(location), found),
            null);
      }
    }
    return folder;
  }

  /**
   * The hash of a model's files and their names, as {@code find * -type f | LC_ALL=C sort | xargs
   * sha256sum | sha256sum} in its folder prints it.
   */
  public static String sha256(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw unusable("There is no model directory %s.".formatted(folder), null);
    }
    try {
      return Sha256.ofFolder(folder);
    } catch (IOException e) {
      throw unusable("The model %s cannot be read: %s.".formatted(folder, StorageReason.of(e)), e);
    }
  }

  private static UserException unusable(String sentence, IOException cause) {
    return new UserException(ExitCode.MODEL_UNUSABLE, sentence, cause);
  }
}
