package io.camaudit.page;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the numbers of a report are called on the page, and what they mean: one place for all of it.
 */
final class Glossary {
  /**
   * How one number is shown.
   *
   * @param name for readers
   * @param help one line
   * @param kind {@code share} (of 1, shown in per cent), {@code lift} (1 is chance, unbounded),
   *     {@code plain}, {@code whole} (shown without decimals) or {@code hit}
   * @param main whether it stands in a class's short table
   */
  record Entry(String name, String help, String kind, boolean main) {}

  private static final Map<String, Entry> REGION = new LinkedHashMap<>();
  private static final Map<String, Entry> ATTENTION = new LinkedHashMap<>();
  private static final Map<String, Entry> PROPERTIES = new LinkedHashMap<>();

  static {
    REGION.put(
        "energyShare",
        new Entry(
            "Energy in the region", "Share of the map's energy inside the region", "share", true));
    REGION.put(
        "areaShare",
        new Entry("Region's area", "The region's share of the model's input", "share", false));
    REGION.put(
        "lift",
        new Entry(
            "Lift",
            "Energy in the region over the region's share of the area; 1 is chance",
            "lift",
            true));
    REGION.put(
        "pointingHit",
        new Entry("Peak in the region", "Pointing game, with its tolerance", "hit", true));
    REGION.put(
        "rankAccuracy",
        new Entry(
            "Rank accuracy",
            "Share of the most relevant pixels, as many as the region has, that lie inside it",
            "share",
            true));
    REGION.put(
        "iou",
        new Entry(
            "Overlap of the boxes (IoU)",
            "Box of the thresholded map's largest component against the region's box",
            "share",
            true));
    ATTENTION.put(
        "effectiveArea",
        new Entry(
            "Effective area", "Participation ratio as a share of the map's cells", "share", true));
    ATTENTION.put("entropy", new Entry("Entropy", "0 is one cell, 1 is uniform", "plain", true));
    ATTENTION.put("gini", new Entry("Gini", "0 is uniform, near 1 is one cell", "plain", false));
    ATTENTION.put(
        "dispersion",
        new Entry(
            "Dispersion",
            "Root mean square distance from the centre of mass, in widths and heights of the input",
            "plain",
            true));
    ATTENTION.put(
        "centreX", new Entry("Centre, from the left", "Centre of mass of the map", "share", false));
    ATTENTION.put(
        "centreY", new Entry("Centre, from the top", "Centre of mass of the map", "share", false));
    ATTENTION.put(
        "borderShare",
        new Entry("Border share", "Share of the map's energy along the edges", "share", false));
    ATTENTION.put(
        "borderLift",
        new Entry(
            "Border lift",
            "Border share over the frame's share of the area; 1 is chance",
            "lift",
            true));
    ATTENTION.put(
        "cornerShare",
        new Entry("Corner share", "Share of the map's energy in the four corners", "share", false));
    ATTENTION.put(
        "cornerLift",
        new Entry(
            "Corner lift",
            "Corner share over the corners' share of the area; 1 is chance",
            "lift",
            true));
    ATTENTION.put(
        "peakX", new Entry("Peak, from the left", "Centre of the greatest cell", "share", false));
    ATTENTION.put(
        "peakY", new Entry("Peak, from the top", "Centre of the greatest cell", "share", false));
    property("brightness", "Brightness", "Mean luma: 0 is black, 1 white", "plain");
    property("contrast", "Contrast", "Standard deviation of the luma, at most 0.5", "plain");
    property("warmth", "Warmth", "Mean of red less blue: above 0 reddish, below bluish", "plain");
    property(
        "tint",
        "Tint",
        "Mean of green less the mean of red and blue: above 0 greenish, below purplish",
        "plain");
    property(
        "sharpness",
        "Sharpness",
        "Difference of neighbouring pixels over the contrast: near 0 is blurred",
        "plain");
    property("aspect", "Width over height", "1 is square", "plain");
    property("megapixels", "Megapixels", "Width times height", "plain");
    property("jpegQuality", "JPEG quality", "By the quantisation table, 1 to 100", "whole");
    String share = "Share of the images that are such files";
    property("formatJpeg", "JPEG files", share, "share");
    property("formatPng", "PNG files", share, "share");
    property("formatBmp", "BMP files", share, "share");
    property("formatGif", "GIF files", share, "share");
    property("formatWebp", "WebP files", share, "share");
    property("formatTiff", "TIFF files", share, "share");
  }

  private static void property(String field, String name, String help, String kind) {
    PROPERTIES.put(field, new Entry(name, help, kind, true));
  }

  private Glossary() {}

  /** Of the components of {@code RegionFit}, in the order in which they are shown. */
  static Map<String, Entry> region() {
    return REGION;
  }

  /** Of the components of {@code Attention}, in the order in which they are shown. */
  static Map<String, Entry> attention() {
    return ATTENTION;
  }

  /** Of any number or property; one that is new here is shown by its own name. */
  static Entry of(String field) {
    Entry entry = REGION.getOrDefault(field, ATTENTION.getOrDefault(field, PROPERTIES.get(field)));
    return entry == null ? new Entry(field, "", "plain", false) : entry;
  }
}
