package io.camaudit.region;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** One Pascal VOC XML file, read as a stream. */
final class VocDocument {
  private final XMLStreamReader xml;
  private final RegionClasses classes;
  private final RegionProblems.Tally tally;
  private final Deque<String> path = new ArrayDeque<>();
  private final Map<String, String> size = new HashMap<>();
  private final List<Thing> things = new ArrayList<>();

  /** One object element. */
  private record Thing(int line, String name, Box box, BadValue broken) {}

  private String name;
  private final Map<String, String> corners = new HashMap<>();

  VocDocument(XMLStreamReader xml, RegionClasses classes, RegionProblems.Tally tally) {
    this.xml = xml;
    this.classes = classes;
    this.tally = tally;
  }

  AnnotatedImage read(String imageName) throws XMLStreamException {
    int objectLine = 0;
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.DTD ->
            throw error("has a DOCTYPE, which is refused; annotations need none");
        case XMLStreamConstants.START_ELEMENT -> {
          path.addLast(xml.getLocalName());
          if (path.size() == 1 && !path.getFirst().equals("annotation")) {
            throw error(
                String.format(
                    Locale.ROOT,
                    "is no Pascal VOC annotation: it begins with <%s>, expected <annotation>",
                    path.getFirst()));
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
            addThing(objectLine);
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

  /** An object that makes no sense costs itself. */
  private void addThing(int line) {
    try {
      things.add(new Thing(line, name, box(), null));
    } catch (BadValue e) {
      things.add(new Thing(line, name, null, e));
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
    int width = sizeOf("width");
    int height = sizeOf("height");
    if (width < 1 || height < 1) { // some tools write 0 for a size they do not know
      width = 0;
      height = 0;
    }
    if (!things.isEmpty() && things.stream().allMatch(thing -> thing.broken() != null)) {
      throw things.get(0).broken();
    }
    AnnotationFilter filter = new AnnotationFilter(classes, tally, width, height);
    for (Thing thing : things) {
      String where = String.format(Locale.ROOT, "%s, line %d", imageName, thing.line());
      Category category = new Category(null, thing.name() == null ? "(none)" : thing.name());
      if (thing.broken() != null) {
        tally.add(RegionProblems.Kind.BROKEN_ANNOTATION, imageName, thing.broken().getMessage());
        filter.addSeen(category);
      } else if (thing.box() == null) {
        tally.add(RegionProblems.Kind.EMPTY_SHAPE, where);
        filter.addSeen(category);
      } else {
        filter.add(category, thing.box(), where);
      }
    }
    return filter.image(imageName);
  }

  /** 0 for a size that is not there or is no number. */
  private int sizeOf(String side) {
    try {
      return size.containsKey(side) ? (int) number(size, side) : 0;
    } catch (BadValue e) {
      return 0;
    }
  }

  private double number(Map<String, String> values, String field) {
    String text = values.get(field);
    if (text == null) {
      throw error(String.format(Locale.ROOT, "a bndbox has no <%s>", field));
    }
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw error(String.format(Locale.ROOT, "<%s> wants a number, got \"%s\"", field, text));
  }

  private BadValue error(String what) {
    return new BadValue("line " + xml.getLocation().getLineNumber() + ": " + what);
  }
}
