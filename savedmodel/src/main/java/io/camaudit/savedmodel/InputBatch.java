package io.camaudit.savedmodel;

import java.util.Locale;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/**
 * A batch of preprocessed images in native memory, float32 [N, H, W, C], filled slot by slot and
 * used again for the next batch. For one thread at a time; close it to free the memory.
 */
public final class InputBatch implements AutoCloseable {
  private final TFloat32 images;
  private final FloatDataBuffer values;
  private final long imageLength;

  InputBatch(int batchSize, ModelCard.Input input) {
    this.images =
        TFloat32.tensorOf(Shape.of(batchSize, input.height(), input.width(), input.channels()));
    this.values = images.asRawTensor().data().asFloats();
    this.imageLength = input.length();
    clearFrom(0);
  }

  /** Copies one preprocessed image, [H, W, C], into a slot. */
  void set(int slot, TFloat32 input) {
    FloatDataBuffer source = input.asRawTensor().data().asFloats();
    if (source.size() != imageLength) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "the model's preprocessing gave %d numbers, its input takes %d",
              source.size(),
              imageLength));
    }
    source.copyTo(values.slice(slot * imageLength, imageLength), imageLength);
  }

  /** Copies one preprocessed image, H·W·C numbers row by row, into a slot. */
  public void set(int slot, float[] input) {
    if (input.length != imageLength) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "an input has %d numbers, got %d", imageLength, input.length));
    }
    values.slice(slot * imageLength, imageLength).write(input);
  }

  /** Makes all slots from {@code slot} on zero, whatever an earlier batch left there. */
  void clearFrom(int slot) {
    float[] zeros = new float[(int) imageLength];
    for (long s = slot; s * imageLength < values.size(); s++) {
      values.slice(s * imageLength, imageLength).write(zeros);
    }
  }

  TFloat32 tensor() {
    return images;
  }

  @Override
  public void close() {
    images.close();
  }
}
