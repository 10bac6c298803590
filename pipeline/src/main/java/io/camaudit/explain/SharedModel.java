package io.camaudit.explain;

import io.camaudit.savedmodel.ExplainableModel;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.SessionSettings;
import io.camaudit.storage.ModelFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * One model a process for each way of loading it, however many explain with it: loaded by the
 * first, and freed when the last has closed it. Acquiring and closing are atomic.
 */
public final class SharedModel implements AutoCloseable {
  private static final Map<Key, SharedModel> OPEN = new HashMap<>();

  private final Key key;
  private final ExplainableModel model;
  private final long loadMillis;
  private int users;

  /** What two loaded models are the same by. */
  private record Key(Path folder, SessionSettings session) {}

  private SharedModel(Key key, ExplainableModel model, long loadMillis) {
    this.key = key;
    this.model = model;
    this.loadMillis = loadMillis;
  }

  /**
   * The model that explainers of these settings use, to be closed as often as it is acquired.
   *
   * @throws io.camaudit.savedmodel.ModelException if the model is unusable
   * @throws io.camaudit.UserException if it has not the settings' method
   */
  public static SharedModel acquire(ExplainSettings settings) {
    synchronized (OPEN) {
      long start = System.nanoTime();
      Path folder = ModelFolder.local(settings.model(), settings.modelSha256());
      MethodChoice.resolve(settings.method(), ModelCard.read(folder));
      PrecisionChoice.check(settings.precision());
      Key key = new Key(folder.toAbsolutePath().normalize(), session(settings));
      SharedModel shared = OPEN.get(key);
      if (shared == null) {
        ExplainableModel model = ExplainableModel.load(folder, key.session);
        shared = new SharedModel(key, model, (System.nanoTime() - start) / 1_000_000);
        OPEN.put(key, shared);
      }
      shared.users++;
      return shared;
    }
  }

  private static SessionSettings session(ExplainSettings settings) {
    return new SessionSettings(
        settings.intraOpThreads(),
        // One call keeps one processor busy; threads beyond that are for waiting.
        Math.min(settings.concurrentCalls(), Runtime.getRuntime().availableProcessors()),
        settings.batchSize(),
        settings.precision());
  }

  ExplainableModel model() {
    return model;
  }

  /** How long it took to fetch and load, for who was first. */
  long loadMillis() {
    return loadMillis;
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      users--;
      if (users == 0) {
        OPEN.remove(key);
        model.close();
      }
    }
  }
}
