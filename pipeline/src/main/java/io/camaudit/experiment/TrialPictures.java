package io.camaudit.experiment;

import io.camaudit.alter.Fill;
import io.camaudit.alter.PixelSet;
import io.camaudit.proof.Variant;
import io.camaudit.savedmodel.InputPicture;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Makes an image's variants; those that it lacks something for are left out. */
final class TrialPictures {
  private final Fill fill;

  TrialPictures(Fill fill) {
    this.fill = fill;
  }

  /**
   * The variants, in their order.
   *
   * @param same an image of the same class; null without one, and without its region of no use
   * @param other likewise of another class
   */
  Map<Variant, InputPicture> of(Scene image, Scene same, Scene other) {
    Map<Variant, InputPicture> variants = new EnumMap<>(Variant.class);
    PixelSet object = image.object();
    if (object != null) {
      variants.put(Variant.OBJECT_OUT, fill.without(image.picture(), object));
      variants.put(Variant.ONLY_OBJECT, fill.without(image.picture(), object.complement()));
      control(image, object)
          .ifPresent(place -> variants.put(Variant.CONTROL, fill.without(image.picture(), place)));
      background(image, same).ifPresent(made -> variants.put(Variant.SAME_BACKGROUND, made));
      background(image, other).ifPresent(made -> variants.put(Variant.OTHER_BACKGROUND, made));
      transplant(image, other).ifPresent(made -> variants.put(Variant.TRANSPLANT, made));
    }
    if (image.heat() != null) {
      PixelSet spot = image.heat().hotSpot();
      variants.put(Variant.HOT_SPOT_OUT, fill.without(image.picture(), spot));
      image
          .heat()
          .coldest(spot, image.shown(), spot)
          .ifPresent(
              place -> variants.put(Variant.COLD_SPOT_OUT, fill.without(image.picture(), place)));
    }
    return variants;
  }

  private static Optional<PixelSet> control(Scene image, PixelSet object) {
    return image.heat() == null
        ? Optional.empty()
        : image.heat().coldest(object, image.shown(), object);
  }

  /** The object over the donor's picture, from which its own object is taken out. */
  private Optional<InputPicture> background(Scene image, Scene donor) {
    return donor == null || donor.object() == null
        ? Optional.empty()
        : Optional.of(
            laidOver(
                image.picture(), image.object(), fill.without(donor.picture(), donor.object())));
  }

  /** What lies off the object in the hottest window, over an image of another class. */
  private static Optional<InputPicture> transplant(Scene image, Scene receiver) {
    if (image.heat() == null || receiver == null) {
      return Optional.empty();
    }
    PixelSet patch = image.heat().hotWindow().and(image.object().complement()).and(image.shown());
    return patch.size() == 0
        ? Optional.empty()
        : Optional.of(laidOver(image.picture(), patch, receiver.picture()));
  }

  /** Pixels of one picture over another, at the same place. */
  private static InputPicture laidOver(InputPicture from, PixelSet pixels, InputPicture over) {
    float[] values = over.values().clone();
    int channels = over.channels();
    for (int i = 0; i < values.length; i++) {
      if (pixels.has(i / channels)) {
        values[i] = from.values()[i];
      }
    }
    return new InputPicture(over.height(), over.width(), channels, values);
  }
}
