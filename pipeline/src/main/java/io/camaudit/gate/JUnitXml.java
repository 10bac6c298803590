package io.camaudit.gate;

import io.camaudit.gate.RuleResult.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A gate's results as JUnit XML, which CI systems show as tests: a suite a key of the gate file, a
 * test case a rule. The same results are always the same bytes.
 */
public final class JUnitXml {
  private static final String NAME = "camaudit gate";

  private JUnitXml() {}

  public static byte[] of(List<RuleResult> results) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      counted(xml, NAME, results);
      Map<String, List<RuleResult>> groups =
          results.stream()
              .collect(
                  Collectors.groupingBy(
                      RuleResult::group, LinkedHashMap::new, Collectors.toList()));
      for (Map.Entry<String, List<RuleResult>> group : groups.entrySet()) {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        counted(xml, group.getKey(), group.getValue());
        for (RuleResult result : group.getValue()) {
          xml.writeCharacters("\n    ");
          testCase(xml, result);
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void counted(XMLStreamWriter xml, String name, List<RuleResult> results)
      throws XMLStreamException {
    xml.writeAttribute("name", legal(name));
    xml.writeAttribute("tests", Integer.toString(results.size()));
    xml.writeAttribute("failures", count(results, Outcome.VIOLATED));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", count(results, Outcome.SKIPPED));
  }

  private static void testCase(XMLStreamWriter xml, RuleResult result) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", legal("camaudit.gate." + result.group()));
    xml.writeAttribute("name", legal(result.rule()));
    switch (result.outcome()) {
      case VIOLATED -> {
        xml.writeStartElement("failure");
        xml.writeAttribute("message", legal(result.sentence()));
        xml.writeAttribute("type", "violated");
        xml.writeCharacters(legal(result.sentence()));
        xml.writeEndElement();
      }
      case SKIPPED -> {
        xml.writeEmptyElement("skipped");
        xml.writeAttribute("message", legal(result.sentence()));
      }
      case PASSED -> {
        xml.writeStartElement("system-out");
        xml.writeCharacters(legal(result.sentence()));
        xml.writeEndElement();
      }
    }
    xml.writeEndElement();
  }

  private static String count(List<RuleResult> results, Outcome outcome) {
    return Long.toString(results.stream().filter(r -> r.outcome() == outcome).count());
  }

  /** Folders may be named with characters that XML cannot hold even when escaped. */
  private static String legal(String text) {
    return text.codePoints()
        .map(c -> isLegal(c) ? c : 0xfffd)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** XML 1.0, production 2. */
  private static boolean isLegal(int c) {
    return c == 0x9
        || c == 0xa
        || c == 0xd
        || (c >= 0x20 && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd)
        || c >= 0x10000;
  }
}
