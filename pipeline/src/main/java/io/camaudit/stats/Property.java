package io.camaudit.stats;

import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageProperties;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A property of images that has nothing to do with where a model looks, and the bins that it is
 * ranked by. Bins never depend on the data; values in one bin count as equal.
 */
public enum Property {
  BRIGHTNESS("brightness", Kind.LOOK, linear(0, 1, 128), look(ImageProperties::brightness)),
  CONTRAST("contrast", Kind.LOOK, linear(0, 0.5, 128), look(ImageProperties::contrast)),
  WARMTH("warmth", Kind.LOOK, linear(-0.5, 0.5, 256), look(ImageProperties::warmth)),
  TINT("tint", Kind.LOOK, linear(-0.5, 0.5, 256), look(ImageProperties::tint)),
  SHARPNESS("sharpness", Kind.LOOK, octaves(-8, 1, 16), look(ImageProperties::sharpness)),
  ASPECT("aspect", Kind.FILE, octaves(-3, 3, 32), Property::aspect),
  MEGAPIXELS("megapixels", Kind.FILE, octaves(-12, 8, 16), Property::megapixels),
  JPEG_QUALITY("jpegQuality", Kind.FILE, linear(1, 101, 100), look(ImageProperties::jpegQuality)),
  JPEG("formatJpeg", Kind.FORMAT, linear(0, 2, 2), format("JPEG")),
  PNG("formatPng", Kind.FORMAT, linear(0, 2, 2), format("PNG")),
  BMP("formatBmp", Kind.FORMAT, linear(0, 2, 2), format("BMP")),
  GIF("formatGif", Kind.FORMAT, linear(0, 2, 2), format("GIF")),
  WEBP("formatWebp", Kind.FORMAT, linear(0, 2, 2), format("WEBP")),
  TIFF("formatTiff", Kind.FORMAT, linear(0, 2, 2), format("TIFF"));

  /** What a property is about. */
  enum Kind {
    /** How the picture looks, which may come from what it shows. */
    LOOK,
    /** How the file was made, which has nothing to do with what it shows. */
    FILE,
    /** Whether the file is of one format: 1 or 0. */
    FORMAT
  }

  public static final List<Property> ALL = List.of(values());

  private final String field;
  private final Kind kind;
  private final double[] edges;
  private final Function<ImageFile, Double> of;

  Property(String field, Kind kind, double[] edges, Function<ImageFile, Double> of) {
    this.field = field;
    this.kind = kind;
    this.edges = edges;
    this.of = of;
  }

  /** Its name in files. */
  public String field() {
    return field;
  }

  Kind kind() {
    return kind;
  }

  /** The value; NaN if the file is null or has none. */
  double of(ImageFile file) {
    Double value = file == null ? null : of.apply(file);
    return value == null ? Double.NaN : value;
  }

  int bins() {
    return edges.length;
  }

  /** The bin of a value; what lies outside goes into the first or last one. */
  int bin(double value) {
    int found = Arrays.binarySearch(edges, value);
    return Math.max(0, found >= 0 ? found : -found - 2);
  }

  /** Lower edges of equally wide bins. */
  private static double[] linear(double from, double to, int bins) {
    return IntStream.range(0, bins).mapToDouble(i -> from + i * (to - from) / bins).toArray();
  }

  /**
   * Lower edges of bins from 2^first to 2^last, each octave in equal parts: 2^k (1 + i/parts), all
   * exact in binary.
   */
  private static double[] octaves(int first, int last, int parts) {
    return IntStream.range(first, last)
        .boxed()
        .flatMapToDouble(
            octave ->
                DoubleStream.of(
                    IntStream.range(0, parts)
                        .mapToDouble(i -> Math.scalb(1 + (double) i / parts, octave))
                        .toArray()))
        .toArray();
  }

  private static Function<ImageFile, Double> look(Function<ImageProperties, Number> part) {
    return file -> {
      Number value = file.properties() == null ? null : part.apply(file.properties());
      return value == null ? null : (Double) value.doubleValue();
    };
  }

  private static Function<ImageFile, Double> format(String name) {
    return file -> file.format() == null ? null : (Double) (file.format().equals(name) ? 1.0 : 0.0);
  }

  private static Double aspect(ImageFile file) {
    return file.width() == null || file.height() == null
        ? null
        : (Double) ((double) file.width() / file.height());
  }

  private static Double megapixels(ImageFile file) {
    return file.width() == null || file.height() == null
        ? null
        : (Double) ((double) file.width() * file.height() / 1e6);
  }
}
