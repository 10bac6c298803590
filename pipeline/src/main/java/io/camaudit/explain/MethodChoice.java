package io.camaudit.explain;

import io.camaudit.UserException;
import io.camaudit.savedmodel.ModelCard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns what was typed for a method into an exported method's name. */
public final class MethodChoice {
  private MethodChoice() {}

  /**
   * The exported method.
   *
   * @param method its name, {@code default} for the model's first, or a {@link ChannelMethod}
   * @throws UserException naming the methods that there are
   */
  public static String resolve(String method, ModelCard card) {
    List<String> names = new ArrayList<>();
    card.methods().forEach(each -> names.add(each.name()));
    if (method.equals("default") && !names.isEmpty()) {
      return names.get(0);
    }
    int exported = names.size();
    for (ChannelMethod each : ChannelMethod.values()) {
      names.add(each.toString());
    }
    return names.stream()
        .filter(name -> letters(name).equals(letters(method)))
        .findFirst()
        .orElseThrow(
            () ->
                UserException.wrongArguments(
                    "The model was exported without method \"%s\"; it has %s, and scorecam and ablationcam, which take a pass a channel.",
                    method, String.join(", ", names.subList(0, exported))));
  }

  /** What is the same in Grad-CAM, GradCAM and gradcam. */
  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /** Whether an exported method's maps are the target's own, and not the same for every class. */
  static boolean isClassSpecific(String method, ModelCard card) {
    return card.methods().stream()
        .filter(each -> each.name().equals(method))
        .allMatch(ModelCard.Method::isClassSpecific);
  }
}
