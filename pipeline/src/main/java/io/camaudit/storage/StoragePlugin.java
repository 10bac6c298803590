package io.camaudit.storage;

import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What a kind of storage needs beyond its Beam file system. Found with {@link
 * java.util.ServiceLoader}, so that the default build knows of no vendor's library.
 */
public interface StoragePlugin {
  /** Fills in what the options leave open, from where the vendor's own tools look for it. */
  void configure(PipelineOptions options);

  /**
   * Whether the same request may succeed later. Asked for each cause of a failure; what is wrong
   * with a connection is known without asking.
   */
  boolean isTransient(Throwable cause);

  /** Whether the vendor's exception says that there is no such file. Asked for each cause. */
  default boolean isMissing(Throwable cause) {
    return false;
  }

  /**
   * What the vendor's exception means, in a few words without a full stop; null to leave it as it
   * is. Asked for each cause of a failure, the outermost first.
   */
  default String reason(Throwable cause) {
    return null;
  }

  /** How to read and list with fewer requests than Beam makes; empty where Beam makes no more. */
  default Optional<ObjectStore> objectStore() {
    return Optional.empty();
  }
}
