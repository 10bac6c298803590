package io.camaudit.region;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a folder of Pascal VOC XML files. A file belongs to the image of its own name. Boxes are in
 * pixels counted from 1, ends included (VOC development kit), so the box of xmin..xmax covers [xmin
 * − 1, xmax]. Boxes of an object's parts are not read. Document types and external entities are
 * refused.
 */
final class VocFolder {
  private final Path folder;
  private final RegionClasses classes;
  private final RegionProblems.Tally tally;

  VocFolder(Path folder, RegionClasses classes, RegionProblems.Tally tally) {
    this.folder = folder;
    this.classes = classes;
    this.tally = tally;
  }

  List<AnnotatedImage> read() {
    List<AnnotatedImage> images = new ArrayList<>();
    RegionSource.filesBelow(folder, name -> name.endsWith(".xml"))
        .forEach((name, file) -> images.add(readFile(name, file)));
    return images;
  }

  private AnnotatedImage readFile(String name, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader xml = securely().createXMLStreamReader(in);
      try {
        return new VocDocument(file, xml, classes, tally).read(name);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      String what = e.getMessage().lines().reduce((first, last) -> last).orElse("").strip();
      throw Place.error(
          Place.at(
              file,
              e.getLocation() == null ? 0 : e.getLocation().getLineNumber(),
              "cannot be parsed: " + what.replaceFirst("^Message: ", "")),
          e);
    } catch (IOException e) {
      throw Place.unreadable(file, e);
    }
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
