package io.camaudit.job;

import io.camaudit.explain.ExplainSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the model into this process while a runner here makes itself ready, which takes about as
 * long. Holds it until it is closed.
 */
final class ModelAhead implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelAhead.class);

  private final ExplainSettings settings;
  private final Thread loading;
  private boolean loaded;

  private ModelAhead(ExplainSettings settings) {
    this.settings = settings;
    this.loading = new Thread(this::load, "camaudit-model");
  }

  /**
   * Begins to load.
   *
   * @param settings as the workers have them, whose model it will be
   */
  static ModelAhead of(ExplainSettings settings) {
    ModelAhead ahead = new ModelAhead(settings);
    ahead.loading.setDaemon(true);
    ahead.loading.start();
    return ahead;
  }

  private void load() {
    try {
      SharedExplainer.acquire(settings);
      loaded = true;
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      LOG.debug("not loaded ahead", e); // the workers try again, and say what is wrong
    }
  }

  @Override
  public void close() {
    try {
      loading.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (loaded) {
      SharedExplainer.release(settings);
    }
  }
}
