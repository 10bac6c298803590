package io.camaudit.savedmodel;

import java.util.ArrayDeque;
import java.util.Deque;
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
    GraphNodes nodes = new GraphNodes(whole);
    Map<String, NodeDef> kept = new LinkedHashMap<>();
    Deque<NodeDef> open = new ArrayDeque<>();
    open.add(nodes.of(tensor));
    while (!open.isEmpty()) {
      NodeDef node = open.remove();
      if (kept.putIfAbsent(node.getName(), node) == null) {
        node.getInputList().forEach(input -> open.add(nodes.of(input)));
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
}
