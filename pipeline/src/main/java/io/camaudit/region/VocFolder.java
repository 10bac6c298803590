package io.camaudit.region;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
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
        return new Document(file, xml).read(name);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      String what = e.getMessage().lines().reduce((first, last) -> last).orElse("").strip();
      throw new RegionException(
          at(
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

  private static String at(Path file, int line, String what) {
    return "%s, line %d: %s".formatted(file, line, what);
  }

  private final class Document {
    private final Path file;
    private final XMLStreamReader xml;
    private final Deque<String> path = new ArrayDeque<>();
    private final Map<String, String> size = new HashMap<>();
    private final List<Thing> things = new ArrayList<>();

    /** One object element. */
    private record Thing(int line, String name, Box box) {}

    private String name;
    private final Map<String, String> corners = new HashMap<>();

    Document(Path file, XMLStreamReader xml) {
      this.file = file;
      this.xml = xml;
    }

    AnnotatedImage read(String imageName) throws XMLStreamException {
      int objectLine = 0;
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.DTD ->
              throw error("has a DOCTYPE, which is refused; annotations need none.");
          case XMLStreamConstants.START_ELEMENT -> {
            path.addLast(xml.getLocalName());
            if (path.size() == 1 && !path.getFirst().equals("annotation")) {
              throw error(
                  "is no Pascal VOC annotation: it begins with <%s>, expected <annotation>."
                      .formatted(path.getFirst()));
            }
            if (String.join("/", path).equals("annotation/object")) {
              objectLine = xml.getLocation().getLineNumber();
              name = null;
              corners.clear();
            }
          }
          case XMLStreamConstants.CHARACTERS -> text(xml.getText().strip());
          case XMLStreamConstants.END_ELEMENT -> {
            if (String.join("/", path).equals("annotation/object")) {
              things.add(new Thing(objectLine, name, box()));
            }
            path.removeLast();
          }
          default -> {}
        }
      }
      return annotations(imageName);
    }

    private void text(String text) {
      if (text.isEmpty()) {
        return;
      }
      String place = String.join("/", path);
      if (place.equals("annotation/object/name")) {
        name = text;
      } else if (place.startsWith("annotation/object/bndbox/")) {
        corners.put(path.getLast(), text);
      } else if (place.startsWith("annotation/size/")) {
        size.put(path.getLast(), text);
      }
    }

    /** Null for an object without a box. */
    private Box box() {
      return corners.isEmpty()
          ? null
          : new Box(
              number(corners, "xmin") - 1,
              number(corners, "ymin") - 1,
              number(corners, "xmax"),
              number(corners, "ymax"));
    }

    private AnnotatedImage annotations(String imageName) {
      boolean sized = size.containsKey("width") && size.containsKey("height");
      int width = sized ? (int) number(size, "width") : 0;
      int height = sized ? (int) number(size, "height") : 0;
      if (width < 1 || height < 1) { // some tools write 0 for a size they do not know
        width = 0;
        height = 0;
      }
      AnnotationFilter filter = new AnnotationFilter(classes, tally, width, height);
      for (Thing thing : things) {
        String where = "%s, line %d".formatted(imageName, thing.line());
        Category category = new Category(null, thing.name() == null ? "(none)" : thing.name());
        if (thing.box() == null) {
          tally.add(RegionProblems.Kind.EMPTY_SHAPE, where);
        } else {
          filter.add(category, thing.box(), where);
        }
      }
      return new AnnotatedImage.Read(imageName, width, height, filter.kept());
    }

    private double number(Map<String, String> values, String field) {
      String text = values.get(field);
      if (text == null) {
        throw error("a bndbox has no <%s>.".formatted(field));
      }
      try {
        double number = Double.parseDouble(text);
        if (Double.isFinite(number)) {
          return number;
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw error("<%s> wants a number, got \"%s\".".formatted(field, text));
    }

    private RegionException error(String what) {
      return new RegionException(at(file, xml.getLocation().getLineNumber(), what));
    }
  }
}
