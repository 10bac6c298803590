package io.camaudit.savedmodel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;

/**
 * Finds the tensor of the forward pass that a layer's exported activations are taken of: they are
 * gathered for pairs, and the logits are made for images.
 */
final class ForwardTensor {
  private static final Set<String> GATHERING = Set.of("Reshape", "GatherV2", "Gather", "Identity");

  private ForwardTensor() {}

  /**
   * The tensor's name, float32 [N, h, w, C]; empty where the logits are not made of it as it
   * stands, as of tokens, or of a layer of which they need but a part.
   *
   * @param activations the tensor that holds them for pairs
   * @param logits a tensor's name
   */
  static Optional<String> of(
      Graph graph, String activations, String logits, ModelCard.Layer layer) {
    Output<?> tensor = graph.operationOrThrow(operation(activations)).output(0);
    while (tensor.op() instanceof GraphOperation op && GATHERING.contains(op.type())) {
      tensor = op.input(0);
    }
    Shape wanted = Shape.of(layer.height(), layer.width(), layer.channels());
    Shape shape = tensor.shape();
    boolean whole = shape.numDimensions() == 4 && shape.tail().equals(wanted);
    return whole && leadsTo(tensor.op().name(), graph.operationOrThrow(operation(logits)))
        ? Optional.of(tensor.op().name() + ":" + tensor.index())
        : Optional.empty();
  }

  private static boolean leadsTo(String name, GraphOperation end) {
    Set<String> seen = new HashSet<>();
    Deque<GraphOperation> open = new ArrayDeque<>();
    open.add(end);
    while (!open.isEmpty()) {
      GraphOperation operation = open.remove();
      if (operation.name().equals(name)) {
        return true;
      }
      if (seen.add(operation.name())) {
        for (Operand<?> input : operation.inputs()) {
          open.add((GraphOperation) input.asOutput().op());
        }
      }
    }
    return false;
  }

  private static String operation(String tensor) {
    int colon = tensor.lastIndexOf(':');
    return colon < 0 ? tensor : tensor.substring(0, colon);
  }
}
