package io.camaudit.savedmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Cards of contract 1, read as the present one: the input was a square of RGB pixels, and a model
 * had one class for a picture. Of a yes-or-no model such a card does not say that it is one.
 */
final class OldCards {
  private OldCards() {}

  /** The card as the present contract has it; one that is not of contract 1 as it is. */
  static JsonNode asOfNow(JsonNode card) {
    if (card.path("contractVersion").asInt(-1) != 1 || !card.path("input").isObject()) {
      return card;
    }
    ObjectNode newer = card.deepCopy();
    newer.put("contractVersion", ModelCard.CONTRACT_VERSION);
    ObjectNode input = (ObjectNode) newer.get("input");
    JsonNode size = input.remove("size");
    if (size != null) {
      input.set("height", size);
      input.set("width", size);
      input.put("channels", 3);
    }
    newer.putObject("decision").put("kind", ModelKind.SINGLE_LABEL.toString());
    return newer;
  }
}
