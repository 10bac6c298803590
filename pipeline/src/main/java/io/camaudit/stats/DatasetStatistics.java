package io.camaudit.stats;

import io.camaudit.savedmodel.ModelKind;
import java.util.List;

/**
 * The content of {@code classes.json}: absent values are left out, the same reports give the same
 * bytes whatever their order.
 *
 * @param schema version of the form, {@link #SCHEMA}
 * @param kind of the model, by its reports; null in files of versions that had one kind
 * @param groupedBy what the rows are by
 * @param dataset all images, also those that no class's row has
 * @param classes by class index, then labels that the model does not know, by name
 * @param flags the most suspicious first
 * @param propertyFlags what tells images of a class, or right predictions, apart without any map;
 *     the clearest first
 */
public record DatasetStatistics(
    int schema,
    ModelKind kind,
    Grouping groupedBy,
    ClassStatistics dataset,
    List<ClassStatistics> classes,
    List<Flag> flags,
    List<PropertyFlag> propertyFlags) {
  public static final int SCHEMA = 1;

  public DatasetStatistics {
    classes = List.copyOf(classes);
    flags = List.copyOf(flags);
    propertyFlags = propertyFlags == null ? List.of() : List.copyOf(propertyFlags);
  }
}
