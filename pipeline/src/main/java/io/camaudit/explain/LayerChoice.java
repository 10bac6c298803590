package io.camaudit.explain;

import io.camaudit.Nearest;
import io.camaudit.UserException;
import io.camaudit.savedmodel.ModelCard;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Turns what was typed for layers into exported layers' names. */
public final class LayerChoice {
  private LayerChoice() {}

  /**
   * The layers whose maps are laid: those that are explained, and the one whose channels are asked
   * for.
   */
  public static List<String> laid(List<String> layers, boolean channels, ModelCard card) {
    Set<String> laid = new LinkedHashSet<>(resolve(layers, card));
    if (channels) {
      laid.add(card.defaultLayer());
    }
    return List.copyOf(laid);
  }

  /**
   * The layers in the order in which they are explained; images are judged by the first.
   *
   * @param layers names, {@code default}, or {@code all} for the default layer, then every other
   *     exported one in the network's order
   * @throws UserException for a layer that was not exported, naming the nearest
   */
  public static List<String> resolve(List<String> layers, ModelCard card) {
    List<String> exported = card.layerNames();
    List<String> chosen = new ArrayList<>();
    for (String layer : layers) {
      if (layer.equals("all")) {
        if (!chosen.contains(card.defaultLayer())) {
          chosen.add(card.defaultLayer());
        }
        exported.stream().filter(name -> !chosen.contains(name)).forEach(chosen::add);
        continue;
      }
      String name = layer.equals("default") ? card.defaultLayer() : layer;
      if (!exported.contains(name)) {
        throw UserException.wrongArguments(
            "The model was exported without layer \"%s\", the nearest is %s; it has %s.",
            name, Nearest.layer(name, exported), String.join(", ", exported));
      }
      if (!chosen.contains(name)) {
        chosen.add(name);
      }
    }
    if (chosen.isEmpty()) {
      throw UserException.wrongArguments("No layers: give default, all, or names of layers.");
    }
    return List.copyOf(chosen);
  }
}
