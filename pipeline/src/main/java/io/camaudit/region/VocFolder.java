package io.camaudit.region;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.camaudit.region.RegionProblems.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads Pascal VOC XML files. A file belongs to the image of its own name. Boxes are in pixels
 * counted from 1, ends included (VOC development kit), so the box of xmin..xmax covers [xmin − 1,
 * xmax]. Boxes of an object's parts are not read. Document types and external entities are refused.
 * A file that cannot be read costs itself only.
 */
final class VocFolder {
  private static final long MOST_BYTES = 64L << 20;
  private static final Pattern ENCODING =
      Pattern.compile("^[^>]*\\sencoding\\s*=\\s*[\"']([^\"']*)");
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private final SortedMap<String, Path> files;
  private final RegionClasses classes;
  private final RegionProblems.Tally tally;

  /** Of files by their path in the folder. */
  VocFolder(SortedMap<String, Path> files, RegionClasses classes, RegionProblems.Tally tally) {
    this.files = files;
    this.classes = classes;
    this.tally = tally;
  }

  /**
   * @throws io.camaudit.UserException if not one file can be read
   */
  List<AnnotatedImage> read() {
    List<AnnotatedImage> images = new ArrayList<>();
    BadValue first = null;
    Path broken = null;
    for (Map.Entry<String, Path> file : files.entrySet()) {
      try {
        images.add(readFile(file.getKey(), file.getValue()));
      } catch (BadValue e) {
        first = first == null ? e : first;
        broken = broken == null ? file.getValue() : broken;
        tally.add(Kind.BROKEN_FILE, file.getKey(), e.getMessage());
      }
    }
    if (images.isEmpty()) {
      throw Place.error(broken + ", " + first.getMessage() + others(files.size()), first);
    }
    return images;
  }

  private static String others(int files) {
    return files == 1 ? "." : ". None of the " + files + " XML files can be read.";
  }

  private AnnotatedImage readFile(String name, Path file) {
    byte[] bytes;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new BadValue("the file is longer than 64 MiB");
      }
      bytes = withoutLeadingSpace(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new BadValue("the file cannot be opened: " + e.getMessage());
    }
    // The image is found by the name without suffix, and a name without one may hold a dot.
    String image = name.toLowerCase(Locale.ROOT).endsWith(".xml") ? name : name + ".xml";
    try {
      if (saysUtf8(bytes) && !isUtf8(bytes)) {
        tally.add(Kind.OTHER_ENCODING, name);
        return parse(
            image,
            factory -> factory.createXMLStreamReader(new StringReader(new String(bytes, WINDOWS))));
      }
      return parse(
          image, factory -> factory.createXMLStreamReader(new ByteArrayInputStream(bytes)));
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  /** Whether XML's rules make it UTF-8: declared so, or not declared otherwise. */
  private static boolean saysUtf8(byte[] bytes) {
    String beginning = new String(bytes, 0, Math.min(bytes.length, 200), ISO_8859_1);
    if (beginning.startsWith("\u00fe\u00ff") || beginning.startsWith("\u00ff\u00fe")) {
      return false;
    }
    Matcher declared = ENCODING.matcher(beginning);
    return beginning.indexOf(0) < 0
        && (!declared.find() || declared.group(1).equalsIgnoreCase("utf-8"));
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private interface Opening {
    XMLStreamReader open(XMLInputFactory factory) throws XMLStreamException;
  }

  private AnnotatedImage parse(String image, Opening opening) throws XMLStreamException {
    XMLStreamReader xml = opening.open(securely());
    try {
      return new VocDocument(xml, classes, tally).read(image);
    } finally {
      xml.close();
    }
  }

  /** Templates leave empty lines before the declaration, which the parser refuses. */
  private static byte[] withoutLeadingSpace(byte[] bytes) {
    int from = 0;
    while (from < bytes.length && " \t\r\n".indexOf(bytes[from]) >= 0) {
      from++;
    }
    return from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static BadValue broken(XMLStreamException e) {
    String what = e.getMessage().lines().reduce((first, last) -> last).orElse("").strip();
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
    return new BadValue("line " + line + ": cannot be parsed: " + stripped(what));
  }

  private static String stripped(String message) {
    return message.replaceFirst("^Message: ", "").replaceFirst("[.]$", "");
  }

  /** The JDK's own parser, whatever else is on the class path. */
  private static XMLInputFactory securely() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("refers to " + systemId + ", which is not read");
        });
    return factory;
  }
}
