package io.camaudit.input;

import java.io.Serializable;
import java.util.List;

/**
 * Images that go through the model together. Batches are made where images are listed, so that one
 * element of the pipeline is one call of the model: full batches on every runner, without state or
 * timers.
 */
public record ImageBatch(List<ImageRef> images) implements Serializable {
  public ImageBatch {
    images = List.copyOf(images);
  }
}
