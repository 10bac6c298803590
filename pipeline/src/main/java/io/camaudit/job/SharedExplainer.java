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
  private int users;

  private SharedExplainer(ImageExplainer explainer) {
    this.explainer = explainer;
  }

  static ImageExplainer acquire(ExplainSettings settings) {
    synchronized (OPEN) {
      SharedExplainer shared = OPEN.get(settings);
      if (shared == null) {
        shared = new SharedExplainer(open(settings));
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

  private static ImageExplainer open(ExplainSettings settings) {
    long start = System.nanoTime();
    ImageExplainer explainer = ImageExplainer.open(settings);
    RunMetrics.MODEL_LOAD_MILLIS.update((System.nanoTime() - start) / 1_000_000);
    RunMetrics.MODEL_BYTES.set(explainer.modelBytes());
    return explainer;
  }
}
