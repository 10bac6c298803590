package io.camaudit.savedmodel;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** A graph's nodes, found by what other nodes call their inputs. */
final class GraphNodes {
  private final Map<String, NodeDef> nodes = new HashMap<>();

  GraphNodes(GraphDef graph) {
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
  }

  /**
   * The node that an input comes from, or null if the graph has none of that name.
   *
   * @param input {@code name}, {@code name:output}, or {@code ^name} for one that only goes before
   */
  NodeDef of(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input;
    int colon = name.lastIndexOf(':');
    return nodes.get(colon < 0 ? name : name.substring(0, colon));
  }
}
