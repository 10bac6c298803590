package io.camaudit.explain;

import io.camaudit.UserException;
import io.camaudit.image.NumpyArray;
import io.camaudit.savedmodel.BatchExplanation;
import io.camaudit.savedmodel.InputBatch;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.storage.FileSink;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where every class would look: the maps of all classes of an image, one NumPy file a layer,
 * float32 of shape (classes, h, w) before ReLU. Immutable, so safe for any number of threads.
 */
final class ClassMaps {
  /**
   * Activations that one call of the model gathers, and as many gradients again: what a ResNet-50's
   * last layer takes for 167 classes.
   */
  private static final long BYTES_A_CALL = 64L << 20;

  private final Question question;
  private final ModelCard card;
  private final int together;

  /**
   * @throws UserException for a method whose maps are no class's own, or maps that do not fit into
   *     memory
   */
  ClassMaps(Question question, ModelCard card) {
    this.question = question;
    this.card = card;
    if (!MethodChoice.isClassSpecific(question.method(), card)) {
      throw UserException.wrongArguments(
          "--all-classes: maps of the method %s are the same for every class.", question.method());
    }
    if (ChannelMethod.named(question.method()).isPresent()) {
      throw UserException.wrongArguments(
          "--all-classes: the method %s takes hundreds of passes; name the classes with --target.",
          question.method());
    }
    long ofOneClass = 0;
    for (String name : question.layers()) {
      ModelCard.Layer layer = card.layer(name);
      long cells = (long) layer.height() * layer.width();
      ofOneClass += Float.BYTES * cells * layer.channels();
      checkHeap(name, Float.BYTES * cells * card.classes());
    }
    this.together = (int) Math.max(1, Math.min(card.classes(), BYTES_A_CALL / ofOneClass));
  }

  private void checkHeap(String layer, long bytes) {
    // The maps, and their file.
    if (3 * bytes > Runtime.getRuntime().maxMemory()) {
      throw UserException.wrongArguments(
          "--all-classes: the maps of %,d classes at layer %s are %,d MB; name a later layer, or give"
              + " more memory with CAMAUDIT_HEAP.",
          card.classes(), layer, bytes >> 20);
    }
  }

  /**
   * Asks for the maps of all classes of each image in a batch, some classes a call, and writes
   * them.
   *
   * @param images in the batch's order
   */
  void write(List<PreparedImage> images, InputBatch batch, FileSink out, BatchTally tally) {
    for (int p = 0; p < images.size(); p++) {
      Map<String, float[]> maps = of(p, images.size(), batch, tally);
      for (String name : question.layers()) {
        ModelCard.Layer layer = card.layer(name);
        out.write(
            MapFiles.path(MapFiles.RAW, images.get(p), question.method(), name, rather(), ".npy"),
            NumpyArray.of(maps.get(name), card.classes(), layer.height(), layer.width()));
      }
    }
  }

  private String rather() {
    if (question.versus() == null) {
      return "all";
    }
    Integer other = question.versus().other();
    return "all-versus-" + (other == null ? Versus.NEXT : other);
  }

  private Map<String, float[]> of(int image, int images, InputBatch batch, BatchTally tally) {
    Map<String, float[]> maps = new HashMap<>();
    for (int from = 0; from < card.classes(); from += together) {
      int first = from;
      int[] targets = new int[Math.min(together, card.classes() - from)];
      Arrays.setAll(targets, m -> first + m);
      int[] imageIndex = new int[targets.length];
      Arrays.fill(imageIndex, image);
      BatchExplanation answer = question.ask(batch, images, imageIndex, targets, tally);
      for (String layer : question.layers()) {
        for (int m = 0; m < targets.length; m++) {
          float[] map = answer.map(m, layer);
          float[] all = maps.computeIfAbsent(layer, name -> new float[card.classes() * map.length]);
          System.arraycopy(map, 0, all, targets[m] * map.length, map.length);
        }
      }
    }
    return maps;
  }
}
