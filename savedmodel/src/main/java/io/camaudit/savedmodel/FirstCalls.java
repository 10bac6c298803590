package io.camaudit.savedmodel;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets the first call of each kind go alone. TensorFlow rewrites the graph when it is asked for
 * results for the first time; calls for the same results that come meanwhile would each do it
 * again, and take the memory of their own copies of the weights.
 */
final class FirstCalls {
  private final Map<Object, Object> locks = new ConcurrentHashMap<>();
  private final Set<Object> done = ConcurrentHashMap.newKeySet();

  /**
   * Calls at once, but for a kind of which no call has ended well yet: those go one after another.
   */
  <T> T call(Object kind, Supplier<T> call) {
    if (!done.contains(kind)) {
      synchronized (locks.computeIfAbsent(kind, any -> new Object())) {
        if (!done.contains(kind)) {
          T result = call.get();
          done.add(kind);
          return result;
        }
      }
    }
    return call.get();
  }
}
