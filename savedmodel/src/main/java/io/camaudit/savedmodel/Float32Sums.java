package io.camaudit.savedmodel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Finds the last sums before a result, which stay float32 in a session of bfloat16: the pooling and
 * the product that give the logits, the pooled gradients and their product with the activations.
 * They cost next to nothing, and their results would be rounded to 8 bits, so that of a thousand
 * logits many were the same.
 *
 * <p>TensorFlow rewrites by kinds of operations, set for a whole process. But it never rewrites an
 * operation whose result is fetched: so these are fetched too, and nobody looks at them.
 */
final class Float32Sums {
  /** What TensorFlow would compute in bfloat16; anything between them follows its neighbours. */
  private static final Set<String> SUMS =
      Set.of("MatMul", "BatchMatMul", "BatchMatMulV2", "Einsum", "Mean", "Sum");

  private final Graph graph;
  private final GraphNodes nodes;

  Float32Sums(Graph graph, GraphDef definition) {
    this.graph = graph;
    this.nodes = new GraphNodes(definition);
  }

  /**
   * Tensors to fetch beside a result, nearest first: all sums that lead to it through nothing but
   * vectors, that is, tensors that have at most one dimension greater than 1 for an image. Behind
   * them lie the layers' own tensors, which are what bfloat16 is for.
   *
   * @param result a tensor's name
   */
  List<String> before(String result) {
    Set<String> sums = new LinkedHashSet<>();
    Set<String> seen = new HashSet<>();
    Deque<NodeDef> open = new ArrayDeque<>();
    open.add(nodes.of(result));
    while (!open.isEmpty()) {
      NodeDef node = open.remove();
      if (!seen.add(node.getName())) {
        continue;
      }
      boolean first = seen.size() == 1;
      if (!first && !isVector(node.getName())) {
        continue;
      }
      if (SUMS.contains(node.getOp())) {
        sums.add(node.getName() + ":0");
      }
      node.getInputList().stream()
          .filter(input -> !input.startsWith("^"))
          .forEach(input -> open.add(nodes.of(input)));
    }
    return List.copyOf(sums);
  }

  private boolean isVector(String name) {
    Operation operation = graph.operation(name);
    if (operation.numOutputs() == 0
        || operation.output(0).dataType() != DataType.DT_FLOAT
        || operation.output(0).shape().isUnknown()) {
      return false;
    }
    Shape shape = operation.output(0).shape();
    long wide = 0;
    for (int axis = 1; axis < shape.numDimensions(); axis++) {
      wide += shape.get(axis) == 1 ? 0 : 1;
    }
    return shape.numDimensions() > 0 && wide <= 1;
  }
}
