package io.camaudit.image;

import io.camaudit.image.ImageException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells a file's format by its first bytes. The formats that are decoded are matched strictly,
 * since a loose match (two letters for BMP, as file type libraries have it) would call text a
 * broken picture.
 */
public final class FileSignature {
  /** A pattern of bytes, as Latin-1 text, and the name of the format that starts with it. */
  private record Magic(Pattern start, String name) {}

  /** Pictures that are recognised, in order to say so, but not decoded. */
  private static final List<Magic> UNSUPPORTED =
      List.of(
          magic("....ftyp(avif|avis)", "AVIF"),
          magic("....ftyp(hei[a-z]|hev[a-z]|mif1|msf1)", "HEIF"),
          magic("....ftypcrx ", "Canon CR3 raw"),
          magic("\\x00\\x00\\x00\\x0cjP  |\\xff\\x4f\\xff\\x51", "JPEG 2000"),
          magic("\\x00\\x00\\x00\\x0cJXL |\\xff\\x0a", "JPEG XL"),
          magic("\\xff\\xd8\\xff\\xf7", "JPEG-LS"),
          magic("II\\xbc", "JPEG XR"),
          magic("8BPS", "Photoshop"),
          magic("%PDF-", "PDF"),
          magic("%!PS|\\xc5\\xd0\\xd3\\xc6", "PostScript"),
          magic("(\\xef\\xbb\\xbf)?\\s*(<\\?xml.*|<!--.*|<!DOCTYPE svg.*)?<svg[\\s>]", "SVG"),
          magic("II\\x2b\\x00|MM\\x00\\x2b", "BigTIFF"),
          magic("II\\x2a\\x00\\x10\\x00\\x00\\x00CR", "Canon CR2 raw"),
          magic("II\\x1a\\x00\\x00\\x00HEAPCCDR", "Canon CRW raw"),
          magic("FUJIFILMCCD-RAW", "Fujifilm raw"),
          magic("II(RO|RS)|MMOR", "Olympus raw"),
          magic("II\\x55\\x00", "Panasonic raw"),
          magic("\\x00\\x00[\\x01\\x02]\\x00[^\\x00]\\x00", "Windows icon"),
          magic("\\x0a[\\x00\\x02-\\x05]\\x01[\\x01\\x02\\x04\\x08]", "PCX"),
          magic("P[1-7][\\s#]", "Netpbm"),
          magic("#\\?RADIANCE|#\\?RGBE", "Radiance HDR"),
          magic("\\x76\\x2f\\x31\\x01", "OpenEXR"),
          magic("DDS ", "DirectDraw surface"),
          magic("qoif", "QOI"),
          magic("\\x01\\xda[\\x00\\x01][\\x01\\x02]\\x00[\\x01-\\x03]", "SGI"),
          magic("\\x59\\xa6\\x6a\\x95", "Sun raster"),
          magic("icns", "Apple icon"),
          magic("gimp xcf", "GIMP"),
          magic("AT&TFORM....DJV", "DjVu"),
          magic(".{128}DICM", "DICOM"),
          magic("\\x8aMNG\\r\\n\\x1a\\n", "MNG"),
          magic("\\x8bJNG\\r\\n\\x1a\\n", "JNG"),
          magic("FLIF[1-6]", "FLIF"),
          magic("BPG\\xfb", "BPG"),
          magic("\\xd7\\xcd\\xc6\\x9a", "Windows metafile"),
          magic("\\x01\\x00\\x00\\x00.{36} EMF", "Windows metafile"),
          magic("/\\* XPM \\*/", "XPM"),
          magic("#define \\S+_width \\d+\\s+#define \\S+_height \\d+", "XBM"),
          // A Truevision file has no first bytes of its own: no or a palette, a type, nothing else.
          magic(
              "[\\x00-\\xff]\\x00[\\x02\\x03\\x0a\\x0b]\\x00{5}.{8}[\\x08\\x10\\x18\\x20][\\x00\\x08\\x20\\x28]",
              "Truevision TGA"),
          magic("SIMPLE  =", "FITS"));

  /** As much of a file as is looked at: enough for an SVG's prologue. */
  public static final int BYTES_LOOKED_AT = 1024;

  /** Sizes of the header that follows a BMP's file header, one for each version of the format. */
  private static final List<Integer> BMP_HEADERS = List.of(12, 16, 40, 52, 56, 64, 108, 124);

  private FileSignature() {}

  /** Whether a file that begins like this is a picture, decoded or not. */
  public static boolean isPicture(byte[] beginning) {
    try {
      return detect(beginning) != null;
    } catch (ImageException e) {
      return e.reason() == Reason.UNSUPPORTED;
    }
  }

  /**
   * The format of a file.
   *
   * @throws ImageException if it is of another format or of none
   */
  static ImageFormat detect(byte[] file) throws ImageException {
    String start =
        new String(file, 0, Math.min(file.length, BYTES_LOOKED_AT), StandardCharsets.ISO_8859_1);
    for (Magic magic : UNSUPPORTED) {
      if (magic.start.matcher(start).lookingAt()) {
        throw new ImageException(
            Reason.UNSUPPORTED, "a picture of the format " + magic.name + " is not decoded");
      }
    }
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return ImageFormat.JPEG;
    }
    if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
      return ImageFormat.PNG;
    }
    if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
      return ImageFormat.GIF;
    }
    if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return ImageFormat.WEBP;
    }
    if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
      return ImageFormat.TIFF;
    }
    if (start.startsWith("BM") && hasBmpHeader(start)) {
      return ImageFormat.BMP;
    }
    throw new ImageException(
        Reason.NOT_AN_IMAGE,
        file.length == 0
            ? "the file is empty"
            : "the file's content is no picture of a known format");
  }

  private static boolean hasBmpHeader(String start) {
    return start.length() > 18
        && start.startsWith("\0\0\0", 15)
        && BMP_HEADERS.contains((int) start.charAt(14));
  }

  private static Magic magic(String pattern, String name) {
    return new Magic(Pattern.compile(pattern, Pattern.DOTALL), name);
  }
}
