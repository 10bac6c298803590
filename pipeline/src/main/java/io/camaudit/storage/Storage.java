package io.camaudit.storage;

import io.camaudit.UserException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;

/** Which file systems there are: Beam's, with what plug-ins add to them. */
public final class Storage {
  /** Maven profiles by the schemes that they install; gs comes with the Flink runner. */
  private static final Map<String, String> PROFILES =
      Map.of("s3", "s3", "hdfs", "hdfs", "webhdfs", "hdfs", "azfs", "azure");

  private static final Set<String> S3_OF_HADOOP = Set.of("s3a", "s3n");
  private static final Pattern WITHOUT_BUCKET = Pattern.compile("(?i)(s3|gs):/(//.*|[^/].*|/?)");

  private static final List<StoragePlugin> PLUGINS =
      ServiceLoader.load(StoragePlugin.class, Storage.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private static final Map<String, ObjectStore> OBJECT_STORES =
      PLUGINS.stream()
          .flatMap(plugin -> plugin.objectStore().stream())
          .collect(Collectors.toUnmodifiableMap(ObjectStore::scheme, store -> store));

  private Storage() {}

  /**
   * Makes all installed file systems ready in this process. Once, and before any address is used;
   * runners do the same for their workers, with the same options.
   */
  public static void configure(PipelineOptions options) {
    FileSystems.setDefaultPipelineOptions(prepared(options));
  }

  /** The same options with what plug-ins need in them, for a runner to give to its workers. */
  public static PipelineOptions prepared(PipelineOptions options) {
    PLUGINS.forEach(plugin -> plugin.configure(options));
    return options;
  }

  /**
   * Makes sure that there is a file system for a location.
   *
   * @param argument what the location was given as, such as {@code --input}
   * @throws UserException that says how to install it
   */
  public static void require(String argument, String location) {
    if (location == null || Locations.local(location).isPresent()) {
      return;
    }
    if (WITHOUT_BUCKET.matcher(location).matches()) {
      throw UserException.wrongArguments(
          "%s %s names no bucket; write %s://BUCKET/….",
          argument, location, Locations.scheme(location));
    }
    if (isInstalled(location)) {
      return;
    }
    String scheme = Locations.scheme(location);
    String profile = PROFILES.get(scheme);
    if (S3_OF_HADOOP.contains(scheme)) {
      throw UserException.wrongArguments(
          "%s %s: that is Hadoop's name for it; write s3://BUCKET/… here.",
          argument, Secrets.redact(location));
    }
    if (profile == null) {
      throw UserException.wrongArguments(
          "%s %s: no file system is known for %s: addresses; local paths, s3:, hdfs:, gs: and azfs: are.",
          argument, Secrets.redact(location), scheme);
    }
    throw UserException.wrongArguments(
        "%s %s: %s: addresses need a part that this build does not have; run mvn -P%s -DskipTests package once.",
        argument, Secrets.redact(location), scheme, profile);
  }

  /** Whether the scheme is known; the address itself may still be one that its store refuses. */
  static boolean isInstalled(String location) {
    try {
      FileSystems.matchNewResource(Locations.scheme(location) + "://any/any/any", false);
      return true;
    } catch (IllegalArgumentException | IllegalStateException e) {
      // Both what Beam says of a scheme that it does not know and of one that is not configured.
      return false;
    }
  }

  /** The store of an address that is asked directly; empty for those that Beam is asked for. */
  static Optional<ObjectStore> objectStore(String location) {
    return Optional.ofNullable(OBJECT_STORES.get(Locations.scheme(location)));
  }

  static boolean isTransient(Throwable cause) {
    return PLUGINS.stream().anyMatch(plugin -> plugin.isTransient(cause));
  }

  /** Whether a failure says that there is no such file. */
  static boolean isMissing(Throwable thrown) {
    return Causes.of(thrown)
        .anyMatch(cause -> PLUGINS.stream().anyMatch(plugin -> plugin.isMissing(cause)));
  }

  /** What a plug-in says of a failure; empty if none knows it. */
  static Optional<String> reason(Throwable thrown) {
    return Causes.of(thrown)
        .flatMap(cause -> PLUGINS.stream().map(plugin -> plugin.reason(cause)))
        .filter(Objects::nonNull)
        .findFirst();
  }
}
