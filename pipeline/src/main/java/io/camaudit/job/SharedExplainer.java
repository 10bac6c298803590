package io.camaudit.job;

import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageExplainer;
import java.util.HashMap;
import java.util.Map;

/**
 * One explainer a process for each settings, shared by all copies of the DoFn: the model is loaded
 * once, and freed when the last copy is torn down. Acquiring and releasing are atomic.
 */
final class SharedExplainer {
  private static final Map<ExplainSettings, SharedExplainer> OPEN = new HashMap<>();

  private final ImageExplainer explainer;
  private boolean counted;
  private int users;

  private SharedExplainer(ImageExplainer explainer) {
    this.explainer = explainer;
  }

  static ImageExplainer acquire(ExplainSettings settings) {
    synchronized (OPEN) {
      SharedExplainer shared = OPEN.get(settings);
      if (shared == null) {
        shared = open(settings);
        OPEN.put(settings, shared);
      }
      shared.users++;
      return shared.explainer;
    }
  }

  static void release(ExplainSettings settings) {
    synchronized (OPEN) {
      SharedExplainer shared = OPEN.get(settings);
      shared.users--;
      if (shared.users == 0) {
        OPEN.remove(settings);
        shared.explainer.close();
      }
    }
  }

  /**
   * Counts the model's loading, once a loading. For a thread that works on an element: not all
   * runners take metrics while a DoFn is set up.
   */
  static void countLoading(ExplainSettings settings) {
    synchronized (OPEN) {
      SharedExplainer shared = OPEN.get(settings);
      if (!shared.counted) {
        shared.counted = true;
        RunMetrics.MODEL_LOAD_MILLIS.update(shared.explainer.loadMillis());
        RunMetrics.MODEL_BYTES.set(shared.explainer.modelBytes());
      }
    }
  }

  private static SharedExplainer open(ExplainSettings settings) {
    NativeLibraryGuard.check();
    return new SharedExplainer(ImageExplainer.open(settings));
  }
}
