package io.camaudit.explain;

import io.camaudit.UserException;
import io.camaudit.image.Profile;
import io.camaudit.savedmodel.ModelCard;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is said of where maps are laid, before the model is known. */
public enum PlacementChoice {
  /**
   * As other programs do it in their looks; else where the cells look, if the card says so of every
   * layer: what maps show lies there, and one run lays all of its maps alike.
   */
  DEFAULT,

  /** {@link MapPlacement#RESIZE}, whatever the card says. */
  RESIZE,

  /** {@link MapPlacement#RECEPTIVE_FIELD}, or not at all. */
  RECEPTIVE_FIELD;

  /**
   * Where a model's maps are laid.
   *
   * @param profile what the maps are to look like
   * @param layers those whose maps are laid
   * @throws UserException if their places are asked for and the card does not say them
   */
  public MapPlacement resolve(Profile profile, List<String> layers, ModelCard card) {
    Optional<String> unknown =
        layers.stream().filter(layer -> card.layer(layer).centers() == null).findFirst();
    return switch (this) {
      case DEFAULT ->
          profile.resizes() || unknown.isPresent()
              ? MapPlacement.RESIZE
              : MapPlacement.RECEPTIVE_FIELD;
      case RESIZE -> MapPlacement.RESIZE;
      case RECEPTIVE_FIELD -> {
        if (unknown.isPresent()) {
          throw UserException.wrongArguments(
              "--placement %s: the model's card does not say where the cells of layer %s look. It may have been"
                  + " exported by an earlier version, or its cells are tokens that take in the whole picture.",
              this, unknown.get());
        }
        yield MapPlacement.RECEPTIVE_FIELD;
      }
    };
  }

  /** The name as users type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
