package io.camaudit.region;

import java.io.Serializable;

/**
 * What an annotation says it shows.
 *
 * @param id as in the file: COCO's category id, a mask's value; null where the format has none
 * @param name as in the file; null where it gives none
 */
record Category(String id, String name) implements Serializable {
  /** For messages. */
  @Override
  public String toString() {
    return name != null ? name : id;
  }
}
