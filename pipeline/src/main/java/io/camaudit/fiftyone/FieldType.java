package io.camaudit.fiftyone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What FiftyOne calls the kinds of values that are written, and how its {@code metadata.json}
 * declares them.
 */
enum FieldType {
  TEXT("StringField"),
  NUMBER("FloatField"),
  TRUTH("BooleanField"),
  ID("ObjectIdField"),
  DATE("DateTimeField"),
  TEXTS("ListField"),
  CLASSIFICATION("Classification", true),
  CLASSIFICATIONS("Classifications", true),
  HEATMAP("Heatmap", true),
  POLYLINES("Polylines", true);

  private static final String FIELDS = "fiftyone.core.fields.";
  private static final String LABELS = "fiftyone.core.labels.";

  private final String name;
  private final boolean label;

  FieldType(String name) {
    this(name, false);
  }

  FieldType(String name, boolean label) {
    this.name = name;
    this.label = label;
  }

  /** The class of a label as documents name it. */
  String className() {
    return name;
  }

  /**
   * A field's declaration.
   *
   * @param storedAs its name in the documents
   * @param description for readers; null for none
   */
  ObjectNode declare(String field, String storedAs, String description) {
    ObjectNode declared =
        declare(
            field,
            label ? "EmbeddedDocumentField" : name,
            label ? LABELS + name : null,
            this == TEXTS ? FIELDS + "StringField" : null,
            storedAs);
    declared.put("description", description);
    ArrayNode parts = declared.putArray("fields");
    switch (this) {
      case CLASSIFICATION -> classification(parts);
      case CLASSIFICATIONS -> {
        classification(list(parts, "classifications", "Classification"));
        parts.add(plain("logits", "VectorField"));
      }
      case HEATMAP -> {
        labelled(parts);
        parts.add(plain("map", "ArrayField"));
        parts.add(plain("map_path", "StringField"));
        parts.add(declare("range", "HeatmapRangeField", null, FIELDS + "FloatField", "range"));
      }
      case POLYLINES -> polyline(list(parts, "polylines", "Polyline"));
      default -> {
        // has no parts
      }
    }
    return declared;
  }

  private static void classification(ArrayNode parts) {
    labelled(parts);
    parts.add(plain("label", "StringField"));
    parts.add(plain("confidence", "FloatField"));
    parts.add(plain("logits", "VectorField"));
  }

  private static void polyline(ArrayNode parts) {
    labelled(parts);
    parts.add(
        declare(
            "attributes",
            "DictField",
            LABELS + "Attribute",
            FIELDS + "EmbeddedDocumentField",
            "attributes"));
    parts.add(plain("label", "StringField"));
    parts.add(plain("points", "PolylinePointsField"));
    parts.add(plain("confidence", "FloatField"));
    parts.add(plain("index", "IntField"));
    parts.add(plain("closed", "BooleanField"));
    parts.add(plain("filled", "BooleanField"));
  }

  /** What every label has. */
  private static void labelled(ArrayNode parts) {
    parts.add(declare("id", "ObjectIdField", null, null, "_id"));
    parts.add(declare("tags", "ListField", null, FIELDS + "StringField", "tags"));
  }

  private static ArrayNode list(ArrayNode parts, String field, String of) {
    ObjectNode list =
        declare(field, "ListField", LABELS + of, FIELDS + "EmbeddedDocumentField", field);
    parts.add(list);
    return list.putArray("fields");
  }

  private static ObjectNode plain(String field, String type) {
    return declare(field, type, null, null, field);
  }

  private static ObjectNode declare(
      String field, String type, String document, String subfield, String storedAs) {
    ObjectNode declared = JsonNodeFactory.instance.objectNode();
    declared.put("name", field);
    declared.put("ftype", FIELDS + type);
    declared.put("embedded_doc_type", document);
    declared.put("subfield", subfield);
    declared.putArray("fields");
    declared.put("db_field", storedAs);
    declared.putNull("description");
    declared.putNull("info");
    declared.put("read_only", false);
    declared.putNull("created_at");
    return declared;
  }
}
