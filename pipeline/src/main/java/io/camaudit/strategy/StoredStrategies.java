package io.camaudit.strategy;

import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.util.List;

/**
 * A run's strategies, and where the images of each class's are read; these lists are long and stay
 * in their files until they are asked for.
 */
public record StoredStrategies(Strategies found, Images images) {
  /** Where the images of a class's strategies are read. */
  @FunctionalInterface
  public interface Images {
    List<AssignedImage> of(ClassStrategies strategies) throws IOException;
  }

  /** Those of a finished run; null if it did not look for any. */
  public static StoredStrategies of(RunFolder run) throws IOException {
    return run.has(RunFolder.STRATEGIES)
        ? new StoredStrategies(
            StrategyFiles.read(run.read(RunFolder.STRATEGIES)),
            each -> StrategyFiles.images(run.read(each.file())))
        : null;
  }
}
