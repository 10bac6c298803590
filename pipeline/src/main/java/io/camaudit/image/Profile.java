package io.camaudit.image;

import io.camaudit.image.Look.Blending;
import io.camaudit.image.Look.Enlarging;
import io.camaudit.image.Look.Scaling;
import io.camaudit.image.Look.Steps;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The looks that people know by name. A further one is a further line here. Those of other programs
 * fix where maps are laid too: their maps are resized.
 */
public enum Profile {
  /** Smooth, in colours that every value can be told apart in. */
  DEFAULT(Scaling.MAXIMUM, Steps.ROUNDED, Enlarging.BILINEAR, Colormap.TURBO, Blending.MIXED, 0.5),

  /** The recipe on keras.io: pixels of its own pictures. */
  KERAS_IO(
      Scaling.MAXIMUM, Steps.CUT, Enlarging.BICUBIC_COLOURS, Colormap.JET, Blending.ADDED, 0.4),

  /** {@code show_cam_on_image} of the package pytorch-grad-cam. */
  PYTORCH_GRAD_CAM(
      Scaling.RANGE_TWICE,
      Steps.CUT,
      Enlarging.BILINEAR,
      Colormap.OPENCV_JET,
      Blending.MIXED_TO_WHITE,
      0.5),

  /** Recipes with torchvision's networks: the enlarged map shown by matplotlib over the picture. */
  TORCHVISION(Scaling.RANGE, Steps.EQUAL, Enlarging.BILINEAR, Colormap.JET, Blending.MIXED, 0.5),

  /** Equation 2 of Selvaraju et al. (2017) and nothing more, in the colours of its figures. */
  PAPER(Scaling.MAXIMUM, Steps.ROUNDED, Enlarging.BILINEAR, Colormap.JET, Blending.MIXED, 0.5);

  private final Look look;

  Profile(
      Scaling scaling,
      Steps steps,
      Enlarging enlarging,
      Colormap colormap,
      Blending blending,
      double alpha) {
    this.look = new Look(scaling, steps, enlarging, colormap, blending, alpha);
  }

  public Look look() {
    return look;
  }

  /** Whether maps are laid as other programs do it, unless a user says otherwise. */
  public boolean resizes() {
    return this != DEFAULT;
  }

  /**
   * The profile of this name, upper or lower case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Profile parse(String name) {
    for (Profile profile : values()) {
      if (profile.toString().equals(name.strip().toLowerCase(Locale.ROOT))) {
        return profile;
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "profile \"%s\" is not known; choose one of %s",
            name,
            Arrays.stream(values()).map(Profile::toString).collect(Collectors.joining(", "))));
  }

  /** The name as users type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
