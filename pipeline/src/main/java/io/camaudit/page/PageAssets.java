package io.camaudit.page;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The files of a page that are the same for every run, among them the packed table library. */
final class PageAssets {
  /** Scripts and styles of a run's page, in the order that they are loaded in. */
  static final List<String> REPORT =
      List.of(
          "page.css",
          "base.js",
          "heat.js",
          "charts.js",
          "classes.js",
          "proof.js",
          "channels.js",
          "scatter.js",
          "strategies.js",
          "classview.js",
          "viewer.js",
          "whole.js",
          "app.js");

  /** Those of a comparison's. */
  static final List<String> DIFF = List.of("page.css", "base.js", "charts.js", "diff.js");

  private static final String TABULATOR = "tabulator-tables";

  private PageAssets() {}

  /** Makes a page's folders, and copies own files and the table library into the first of them. */
  static void layOut(List<String> own, Path page) throws IOException {
    for (String name : List.of("assets", "data", "images")) {
      Files.createDirectories(page.resolve(name));
    }
    Path folder = page.resolve("assets");
    for (String name : own) {
      copy(PageAssets.class.getResourceAsStream("assets/" + name), name, folder.resolve(name));
    }
    String version = tabulatorVersion();
    String home = "/META-INF/resources/webjars/" + TABULATOR + "/" + version + "/";
    library(home + "dist/js/tabulator.min.js", folder.resolve("tabulator.min.js"));
    library(home + "dist/css/tabulator_simple.min.css", folder.resolve("tabulator.min.css"));
    library(home + "LICENSE", folder.resolve("tabulator.LICENSE.txt"));
  }

  /** The version on the class path, so that the build file alone decides it. */
  private static String tabulatorVersion() throws IOException {
    String place = "/META-INF/maven/org.webjars.npm/" + TABULATOR + "/pom.properties";
    Properties properties = new Properties();
    try (InputStream in = PageAssets.class.getResourceAsStream(place)) {
      if (in == null) {
        throw new FileNotFoundException(TABULATOR + " is not on the class path");
      }
      properties.load(in);
    }
    return properties.getProperty("version");
  }

  private static void library(String resource, Path to) throws IOException {
    copy(PageAssets.class.getResourceAsStream(resource), resource, to);
  }

  private static void copy(InputStream resource, String name, Path to) throws IOException {
    try (InputStream in = resource) {
      if (in == null) {
        throw new FileNotFoundException(name + " is not on the class path");
      }
      Files.copy(in, to);
    }
  }
}
