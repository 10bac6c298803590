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
  private final ModelCard.Input input;

  InputBatch(int batchSize, ModelCard.Input input) {
    this.images =
        TFloat32.tensorOf(Shape.of(batchSize, input.height(), input.width(), input.channels()));
    this.values = images.asRawTensor().data().asFloats();
    this.imageLength = input.length();
    this.input = input;
    clearFrom(0);
  }

  /** Copies one preprocessed image, [H, W, C], into a slot. */
  void set(int slot, TFloat32 picture) {
    FloatDataBuffer source = picture.asRawTensor().data().asFloats();
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
  public void set(int slot, float[] picture) {
    if (picture.length != imageLength) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "an input has %d numbers, got %d", imageLength, picture.length));
    }
    values.slice(slot * imageLength, imageLength).write(picture);
  }

  /** A copy of what lies in a slot. */
  public InputPicture get(int slot) {
    float[] copy = new float[(int) imageLength];
    values.slice(slot * imageLength, imageLength).read(copy);
    return new InputPicture(input.height(), input.width(), input.channels(), copy);
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
