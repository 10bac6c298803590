package io.camaudit;

import java.util.List;
import java.util.TreeMap;

/**
 * A uniform sample of named things: those whose names have the least SHA-256. The hash has nothing
 * to do with what a thing is, so every one is as likely as any other; and it is the same sample
 * whatever the order they come in.
 */
public final class LeastHashes<T> {
  private final TreeMap<String, T> kept = new TreeMap<>();
  private final int size;

  /**
   * @param size of the sample, at least 0
   */
  public LeastHashes(int size) {
    this.size = size;
  }

  /** Takes one in if its name is among the least; of two with one name the later counts. */
  public void add(String name, T thing) {
    kept.put(Sha256.hex(name), thing);
    if (kept.size() > size) {
      kept.pollLastEntry();
    }
  }

  /** What is kept, in the order of the hashes. */
  public List<T> list() {
    return List.copyOf(kept.values());
  }
}
