package io.camaudit.strategy;

import io.camaudit.stats.Grouping;
import java.util.List;

/**
 * The content of {@code strategies.json}: absent values are left out, the same run gives the same
 * bytes whatever the order of its files.
 *
 * @param schema version of the form, {@link #SCHEMA}
 * @param groupedBy what the classes' rows are by, as in {@code classes.json}
 * @param channels of the layer that the relevances are of
 * @param classes in the order of {@code classes.json}; those without an image with relevance are
 *     left out
 */
public record Strategies(
    int schema, Grouping groupedBy, int channels, List<ClassStrategies> classes) {
  public static final int SCHEMA = 1;

  public Strategies {
    classes = List.copyOf(classes);
  }
}
