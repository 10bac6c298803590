package io.camaudit.input;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Images that go through the model together. */
public record ImageBatch(List<ImageRef> images) implements Serializable {
  public ImageBatch {
    images = List.copyOf(images);
  }

  /** Cuts a list into batches; only the last may be smaller. */
  public static List<ImageBatch> cut(List<ImageRef> images, int size) {
    List<ImageBatch> batches = new ArrayList<>();
    for (int from = 0; from < images.size(); from += size) {
      batches.add(new ImageBatch(images.subList(from, Math.min(from + size, images.size()))));
    }
    return batches;
  }
}
