package io.camaudit.region;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.camaudit.region.RegionProblems.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Says which files of a folder are the annotations. One that begins like a Pascal VOC annotation,
 * whatever its name, makes the folder one of XML, and every picture in it is left out: photographs
 * beside their XML are not their own masks, and of {@code Annotations} and {@code
 * SegmentationClass} under one root the former counts. Without one, pictures are masks; of {@code
 * SegmentationClass} and {@code SegmentationObject} the former counts.
 */
final class RegionFolder {
  private static final Pattern ANNOTATION = Pattern.compile("<annotation[\\s/>]");

  /** As much as comments and declarations before the first element may take. */
  private static final int BEGINNING = 2048;

  /**
   * Suffixes of files that hold no XML, so that large folders of them are not opened one by one.
   */
  private static final Set<String> OTHERS =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "webp", "heic", "avif", "jp2", "json", "jsonl", "txt",
          "csv", "md", "mat", "npy", "npz", "zip", "gz", "tar", "pdf", "py", "html", "yaml", "yml");

  private final Path folder;
  private final RegionClasses classes;
  private final RegionProblems.Tally tally;
  private final SortedMap<String, Path> annotations = new TreeMap<>();
  private final SortedMap<String, Path> otherXml = new TreeMap<>();
  private final SortedMap<String, Path> pictures = new TreeMap<>();
  private String json;

  RegionFolder(Path folder, RegionClasses classes, RegionProblems.Tally tally) {
    this.folder = folder;
    this.classes = classes;
    this.tally = tally;
  }

  List<AnnotatedImage> read() {
    RegionFiles.below(folder, tally).forEach(this::sort);
    if (!annotations.isEmpty() || (pictures.isEmpty() && !otherXml.isEmpty())) {
      pictures.keySet().forEach(name -> tally.add(Kind.PICTURE_BESIDE_XML, name));
      annotations.putAll(otherXml); // broken ones among them are told as such
      return new VocFolder(annotations, classes, tally).read();
    }
    if (pictures.isEmpty()) {
      throw Place.error(
          folder
              + ": holds neither Pascal VOC XML files nor masks ("
              + String.join(", ", MaskFolder.EXTENSIONS)
              + ")"
              + (json == null ? "." : ", but " + json + ": give a COCO file by its own path."));
    }
    otherXml.keySet().forEach(name -> tally.add(Kind.NO_ANNOTATION, name));
    leaveOutObjects();
    return MaskFolder.read(pictures, classes, tally);
  }

  private void sort(String name, Path file) {
    String lower = name.toLowerCase(Locale.ROOT);
    String suffix = lower.substring(NameIndex.withoutExtension(lower).length());
    if (MaskFolder.isMask(lower)) {
      pictures.put(name, file);
    } else if (suffix.equals(".json")) {
      json = json == null ? name : json;
    } else if (suffix.isEmpty() || !OTHERS.contains(suffix.substring(1))) {
      if (isAnnotation(file)) {
        annotations.put(name, file);
      } else if (suffix.equals(".xml")) {
        otherXml.put(name, file);
      }
    }
  }

  private static boolean isAnnotation(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      // Any encoding of XML shows its markup like this, once UTF-16's zeros are taken away.
      String beginning = new String(in.readNBytes(BEGINNING), ISO_8859_1).replace("\0", "");
      return ANNOTATION.matcher(beginning).find();
    } catch (IOException e) {
      return false;
    }
  }

  private void leaveOutObjects() {
    boolean ofClasses =
        pictures.keySet().stream().anyMatch(name -> isBelow(name, "SegmentationClass"));
    if (ofClasses) {
      List<String> objects =
          pictures.keySet().stream().filter(name -> isBelow(name, "SegmentationObject")).toList();
      objects.forEach(
          name -> {
            tally.add(Kind.OBJECT_MASK, name);
            pictures.remove(name);
          });
    }
  }

  private static boolean isBelow(String name, String folder) {
    return ("/" + name).contains("/" + folder + "/");
  }
}
