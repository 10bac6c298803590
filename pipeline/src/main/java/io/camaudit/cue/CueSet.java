package io.camaudit.cue;

import io.camaudit.Sha256;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The images that show a cue, and which of all images make its direction: half, by the SHA-256 of
 * their names, which has nothing to do with what they show. The other half is there to be judged.
 */
public final class CueSet {
  private final Set<String> names;
  private final Set<String> makers;

  /**
   * @param names of the images that show it
   */
  public CueSet(Set<String> names) {
    this.names = Set.copyOf(names);
    List<String> byHash = names.stream().sorted(Comparator.comparing(Sha256::hex)).toList();
    this.makers = new HashSet<>(byHash.subList(0, (byHash.size() + 1) / 2));
  }

  /** Names of all images that show it. */
  public Set<String> names() {
    return names;
  }

  /** Whether an image is said to show it. */
  boolean has(String image) {
    return names.contains(image);
  }

  /** Whether an image makes the direction: of the set exactly half, of the others about half. */
  boolean makes(String image) {
    return has(image) ? makers.contains(image) : Sha256.hex(image).charAt(0) < '8';
  }
}
