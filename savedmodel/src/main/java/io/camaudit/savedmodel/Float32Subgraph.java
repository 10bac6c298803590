package io.camaudit.savedmodel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * The part of a graph that one tensor is made from, in a session of its own. A session of bfloat16
 * rewrites all that it runs, and pixels have 8 bits that are not to be rounded.
 */
final class Float32Subgraph implements AutoCloseable {
  private final Graph graph;
  private final Session session;

  private Float32Subgraph(Graph graph, Session session) {
    this.graph = graph;
    this.session = session;
  }

  /**
   * @param tensor its name in the graph, which it keeps
   */
  static Float32Subgraph before(String tensor, GraphDef whole, ConfigProto config) {
    Map<String, NodeDef> nodes = new HashMap<>();
    whole.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    Map<String, NodeDef> kept = new LinkedHashMap<>();
    Deque<String> open = new ArrayDeque<>();
    open.add(operation(tensor));
    while (!open.isEmpty()) {
      String name = open.remove();
      if (!kept.containsKey(name)) {
        NodeDef node = nodes.get(name);
        kept.put(name, node);
        node.getInputList().forEach(input -> open.add(operation(input)));
      }
    }
    Graph graph = new Graph();
    graph.importGraphDef(whole.toBuilder().clearNode().addAllNode(kept.values()).build());
    return new Float32Subgraph(graph, new Session(graph, config));
  }

  Session session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private static String operation(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input;
    int colon = name.lastIndexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
