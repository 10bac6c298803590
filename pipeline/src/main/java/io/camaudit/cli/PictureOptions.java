package io.camaudit.cli;

import io.camaudit.UserException;
import io.camaudit.explain.MapPlacement;
import io.camaudit.explain.PlacementChoice;
import io.camaudit.image.Colormap;
import io.camaudit.image.Look;
import io.camaudit.image.OverlayFormat;
import io.camaudit.image.OverlayStyle;
import io.camaudit.image.PictureStyle;
import io.camaudit.image.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Options that say what pictures of maps look like. */
final class PictureOptions {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "default",
      description =
          "How maps become colours and where they are laid, all at once: default, keras-io, pytorch-grad-cam, torchvision or paper. Default: ${DEFAULT-VALUE}.")
  private String profile;

  @Option(
      names = "--style",
      paramLabel = "NAME",
      description =
          "What pictures show: overlay, heatmap, triptych or contour; of single images also side-by-side (all classes) or gif (all layers). Default: overlay.")
  private String style;

  @Option(
      names = "--colormap",
      paramLabel = "NAME",
      description =
          "viridis, turbo, jet, inferno, magma or opencv-jet. Default: the profile's, turbo for default.")
  private String colormap;

  @Option(
      names = "--alpha",
      paramLabel = "A",
      description =
          "Weight of the heatmap in the overlay, 0 to 1. Default: the profile's, 0.5 for default.")
  private Double alpha;

  @Option(names = "--legend", description = "Draw the colour scale with the map's values.")
  private boolean legend;

  @Option(
      names = "--frame",
      description = "Draw the edge of what the model sees, where it cuts the photograph.")
  private boolean frame;

  @Option(
      names = "--overlay-format",
      paramLabel = "FORMAT",
      defaultValue = "jpeg",
      description = "jpeg or png. Default: ${DEFAULT-VALUE}.")
  private OverlayFormat overlayFormat;

  @Option(
      names = "--overlay-quality",
      paramLabel = "Q",
      defaultValue = "90",
      description = "JPEG quality, 1 to 100. Default: ${DEFAULT-VALUE}.")
  private int overlayQuality;

  @Option(
      names = "--overlay-size",
      paramLabel = "PIXELS",
      defaultValue = "640",
      description = "Longest side of overlays, or 'original'. Default: ${DEFAULT-VALUE}.")
  private String overlaySize;

  /** Most pixels along a side of what is put together with others. */
  private static final int GATHERED_SIDE = 1024;

  /** Puts maps of several classes into one picture, unless a style is named. */
  void preferSheets() {
    if (style == null) {
      style = PictureStyle.SIDE_BY_SIDE.toString();
    }
  }

  /**
   * What the options mean.
   *
   * @throws UserException for a name that is not known or a number out of its range
   * @throws IllegalArgumentException for a quality that is none
   */
  OverlayStyle overlayStyle() {
    PictureStyle picture = style();
    int side = longestSide();
    if (picture.gathers() && (side == OverlayStyle.ORIGINAL_SIZE || side > GATHERED_SIDE)) {
      throw UserException.wrongArguments(
          "--overlay-size %s: of a picture that shows several maps, each has at most %d pixels a side.",
          overlaySize, GATHERED_SIDE);
    }
    return new OverlayStyle(picture, look(), legend, frame, overlayFormat, overlayQuality, side);
  }

  /**
   * For a command that makes a picture of each map.
   *
   * @throws UserException for a style that puts several together
   */
  void refuseGathered() {
    if (style().gathers()) {
      throw UserException.wrongArguments(
          "--style %s: only ./camaudit explain puts several maps into one picture.", style);
    }
  }

  /**
   * What goes before the profile, in sentences.
   *
   * @param placed what is said of where maps are laid
   */
  List<String> notes(PlacementChoice placed) {
    List<String> notes = new ArrayList<>();
    Profile chosen = profile();
    if (chosen.resizes() && placed == PlacementChoice.RECEPTIVE_FIELD) {
      notes.add(before("--placement " + placed, chosen, MapPlacement.RESIZE));
    }
    if (chosen != Profile.DEFAULT && colormap != null) {
      notes.add(before("--colormap " + colormap, chosen, chosen.look().colormap()));
    }
    if (chosen != Profile.DEFAULT && alpha != null) {
      notes.add(before("--alpha " + alpha, chosen, chosen.look().alpha()));
    }
    return notes;
  }

  /** What decides the pictures, by the options' names. */
  void summarise(Map<String, Object> summary) {
    summary.put("profile", profile().toString());
    summary.put("style", style().toString());
    summary.put("legend", legend);
    summary.put("frame", frame);
    summary.put("colormap", look().colormap().toString());
    summary.put("alpha", look().alpha());
    summary.put("overlay-format", overlayFormat.name().toLowerCase(Locale.ROOT));
    summary.put("overlay-quality", overlayQuality);
    summary.put("overlay-size", overlaySize);
  }

  /** The look that the options begin with. */
  Profile profile() {
    return checked(() -> Profile.parse(profile));
  }

  private PictureStyle style() {
    return style == null ? PictureStyle.OVERLAY : checked(() -> PictureStyle.parse(style));
  }

  private Look look() {
    Look own = profile().look();
    return checked(
        () -> {
          Look look = colormap == null ? own : own.with(Colormap.parse(colormap));
          return alpha == null ? look : look.withAlpha(alpha);
        });
  }

  private static <T> T checked(Supplier<T> parsed) {
    try {
      return parsed.get();
    } catch (IllegalArgumentException e) {
      throw UserException.wrongArguments("%s.", e.getMessage());
    }
  }

  private static String before(String option, Profile chosen, Object own) {
    return String.format(
        Locale.ROOT, "%s goes before the profile %s, which has %s.", option, chosen, own);
  }

  private int longestSide() {
    if (overlaySize.equals("original")) {
      return OverlayStyle.ORIGINAL_SIZE;
    }
    int side;
    try {
      side = Integer.parseInt(overlaySize);
    } catch (NumberFormatException e) {
      throw UserException.wrongArguments(
          "--overlay-size %s: give a number of pixels or 'original'.", overlaySize);
    }
    if (side < 1) {
      throw UserException.wrongArguments(
          "--overlay-size %s: give at least 1, or 'original'.", overlaySize);
    }
    return side;
  }
}
