package io.camaudit.page;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;

/** {@code index.html}: the overview as text, and the empty places that scripts fill. */
final class IndexPage {
  private static final PebbleEngine ENGINE = engine();

  private IndexPage() {}

  private static PebbleEngine engine() {
    ClasspathLoader loader = new ClasspathLoader(IndexPage.class.getClassLoader());
    loader.setPrefix("io/camaudit/page");
    loader.setSuffix(".peb");
    // Strict: a misspelt field is an error in every test, not a gap on somebody's page.
    return new PebbleEngine.Builder()
        .loader(loader)
        .autoEscaping(true)
        .strictVariables(true)
        .defaultLocale(Locale.ROOT)
        .build();
  }

  /** The document. Every value is escaped by the engine. */
  static String render(Overview overview) throws IOException {
    return render("index", overview);
  }

  /** The document of another template. */
  static String render(String template, Object page) throws IOException {
    StringWriter out = new StringWriter();
    ENGINE.getTemplate(template).evaluate(out, Map.of("page", page));
    return out.toString();
  }
}
