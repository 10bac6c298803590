package io.camaudit.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataScriptTest {
  @Test
  void noNameCanEndAScriptAndEveryNameReadsBackAsItWas() throws IOException {
    List<String> names =
        List.of(
            "</script><img src=x onerror=alert(1)>",
            "<!--<script>",
            "a\"b'c\\d\ne",
            "line\u2028and paragraph\u2029",
            "&lt;tag&gt;",
            "Ünïcödé 猫 \uD83D\uDC31");
    String script = DataScript.call("f", Map.of("names", names));
    assertThat(script).startsWith("f({").endsWith("});\n");
    assertThat(script).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    String json = script.substring(2, script.length() - 3);
    assertThat(new ObjectMapper().readTree(json).get("names"))
        .extracting(node -> node.asText())
        .containsExactlyElementsOf(names);
  }

  @Test
  void argumentsAreSeparated() {
    assertThat(DataScript.call("camaudit.shard", "12", List.of(1, 2)))
        .isEqualTo("camaudit.shard(\"12\",[1,2]);\n");
  }
}
