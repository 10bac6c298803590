package io.camaudit.job;

import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.SharedModel;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the model into this process while something else is waited for or made ready, which takes
 * about as long. Holds it until it is closed.
 */
public final class ModelAhead implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelAhead.class);

  private final Thread loading;
  private Runnable release = () -> {};

  /**
   * @param load makes it there, and says how it is let go
   */
  private ModelAhead(Supplier<Runnable> load) {
    loading =
        new Thread(
            () -> {
              try {
                release = load.get();
              } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                LOG.debug("not loaded ahead", e); // the workers try again, and say what is wrong
              }
            },
            "camaudit-model");
    loading.setDaemon(true);
    loading.start();
  }

  /**
   * Begins to load the model and what explains with it.
   *
   * @param settings as the workers have them
   */
  static ModelAhead withExplainer(ExplainSettings settings) {
    return new ModelAhead(
        () -> {
          SharedExplainer.acquire(settings);
          return () -> SharedExplainer.release(settings);
        });
  }

  /**
   * Begins to load the model alone, before the run is there that workers read more of.
   *
   * @param settings the workers may have others that load the model alike
   */
  public static ModelAhead alone(ExplainSettings settings) {
    return new ModelAhead(
        () -> {
          NativeLibraryGuard.check();
          return SharedModel.acquire(settings)::close;
        });
  }

  /** Waits until it is loaded: a process must not end meanwhile. May be called again. */
  @Override
  public void close() {
    try {
      loading.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    release.run();
    release = () -> {};
  }
}
