package io.camaudit.savedmodel;

import java.util.Locale;
import java.util.Map;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A signature's keys and the tensors behind them; asking for what is not there says so in one
 * sentence.
 */
final class SavedSignature {
  private final String name;
  private final Map<String, TensorInfo> inputs;
  private final Map<String, TensorInfo> outputs;

  private SavedSignature(String name, SignatureDef definition) {
    this.name = name;
    this.inputs = definition.getInputsMap();
    this.outputs = definition.getOutputsMap();
  }

  static SavedSignature of(String name, Map<String, SignatureDef> definitions) {
    SignatureDef definition = definitions.get(name);
    if (definition == null) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "The model has no signature \"%s\", only %s; export it again.",
              name,
              definitions.keySet().stream().sorted().toList()));
    }
    return new SavedSignature(name, definition);
  }

  /** The tensor to feed for an input. */
  String input(String key, DataType type) {
    return tensor("input", inputs, key, type).getName();
  }

  /** The tensor to fetch for an output. */
  String output(String key, DataType type) {
    return tensor("output", outputs, key, type).getName();
  }

  /** The last dimension of an output, −1 if it is not fixed. */
  long lastDimension(String key) {
    var shape = outputs.get(key).getTensorShape();
    return shape.getDimCount() == 0 ? -1 : shape.getDim(shape.getDimCount() - 1).getSize();
  }

  private TensorInfo tensor(
      String side, Map<String, TensorInfo> tensors, String key, DataType type) {
    TensorInfo tensor = tensors.get(key);
    if (tensor == null) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "The model's signature \"%s\" has no %s \"%s\"; export it again.",
              name,
              side,
              key));
    }
    if (tensor.getDtype() != type) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "The model's signature \"%s\" has %s \"%s\" of type %s, not %s; export it again.",
              name,
              side,
              key,
              tensor.getDtype(),
              type));
    }
    return tensor;
  }
}
