package io.camaudit.explain;

import io.camaudit.savedmodel.InputBatch;
import java.util.List;

/** How a model is asked about the images in a batch. Safe for any number of threads. */
interface Inquiry {
  /** One answer an image, in their order. */
  List<ImageAnswer> ask(List<PreparedImage> images, InputBatch batch, BatchTally tally);
}
