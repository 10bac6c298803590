package io.camaudit.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

final class JUnitXmlTest {
  @Test
  void hostileNamesAreTextAndNothingElse() throws Exception {
    String name = "<b>\"cat\" & 'dog'</b>]]>\u0000\u001b\ud800 \ud83d\ude00\n";
    byte[] xml =
        JUnitXml.of(
            List.of(
                RuleResult.violated("accuracy", name, name),
                RuleResult.skipped("accuracy", name, name),
                RuleResult.of("failures", "at most 0.0 %", true, name)));
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml));
    Element root = document.getDocumentElement();
    assertThat(root.getAttribute("tests")).isEqualTo("3");
    assertThat(root.getAttribute("failures")).isEqualTo("1");
    assertThat(root.getAttribute("skipped")).isEqualTo("1");
    assertThat(root.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
    Element failure = (Element) root.getElementsByTagName("failure").item(0);
    String legal = "<b>\"cat\" & 'dog'</b>]]>\ufffd\ufffd\ufffd \ud83d\ude00";
    assertThat(failure.getAttribute("message").strip()).isEqualTo(legal);
    assertThat(failure.getTextContent().strip()).isEqualTo(legal);
  }
}
