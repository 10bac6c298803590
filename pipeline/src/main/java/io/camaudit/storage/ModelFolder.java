package io.camaudit.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.camaudit.ExitCode;
import io.camaudit.Sha256;
import io.camaudit.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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
      throw new UserException(
          StorageReason.code(e, ExitCode.MODEL_UNUSABLE),
          String.format(
              Locale.ROOT,
              "The model %s cannot be fetched: %s.",
              Secrets.redact(location),
              StorageReason.of(e)),
          e);
    }
    if (sha256 != null) {
      String found = sha256(folder);
      if (!found.equals(sha256.toLowerCase(Locale.ROOT))) {
        throw unusable(
            String.format(
                Locale.ROOT,
                "The model %s is not the one that --model-sha256 pins: its SHA-256 is %s; nothing of it was loaded.",
                Secrets.redact(location),
                found),
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
      throw unusable(String.format(Locale.ROOT, "There is no model directory %s.", folder), null);
    }
    try {
      return hashOfListing(folder);
    } catch (IOException e) {
      throw unusable(
          String.format(
              Locale.ROOT, "The model %s cannot be read: %s.", folder, StorageReason.of(e)),
          e);
    }
  }

  private static String hashOfListing(Path folder) throws IOException {
    Map<String, Path> files =
        new TreeMap<>(
            (one, other) -> Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8)));
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
    }
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      lines.append(hash(file.getValue())).append("  ").append(file.getKey()).append('\n');
    }
    return Sha256.hex(lines.toString());
  }

  private static String hash(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Sha256.hex(digest);
  }

  private static UserException unusable(String sentence, IOException cause) {
    return new UserException(ExitCode.MODEL_UNUSABLE, sentence, cause);
  }
}
