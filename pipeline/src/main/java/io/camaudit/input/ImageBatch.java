package io.camaudit.input;

import io.camaudit.Batches;
import java.io.Serializable;
import java.util.List;

/** Images that go through the model together. */
public record ImageBatch(List<ImageRef> images) implements Serializable {
  public ImageBatch {
    images = List.copyOf(images);
  }

  /** Cuts a list into batches; only the last may be smaller. */
  public static List<ImageBatch> cut(List<ImageRef> images, int size) {
    return Batches.of(images, size).stream().map(ImageBatch::new).toList();
  }
}
