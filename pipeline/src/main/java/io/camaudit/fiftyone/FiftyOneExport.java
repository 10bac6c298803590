package io.camaudit.fiftyone;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camaudit.Sha256;
import io.camaudit.image.HeatPicture;
import io.camaudit.image.SaliencyMap;
import io.camaudit.page.RegionOutline;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ClassView;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.RawMap;
import io.camaudit.report.ReportJson;
import io.camaudit.savedmodel.Placement;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.SafeName;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a run as FiftyOne's {@code FiftyOneDataset}: {@code metadata.json}, which declares the
 * fields, {@code samples.json} and heatmaps below {@code fields/}. Photographs stay where they are.
 * One pass over the records; nothing but one image is held in memory. The same run gives the same
 * bytes.
 */
public final class FiftyOneExport {
  /** Which makes a folder a dataset. */
  public static final String SAMPLES = "samples.json";

  private static final String METADATA = "metadata.json";

  /** What is written, below the dataset's folder. */
  public static final List<String> FILES = List.of(METADATA, SAMPLES, "fields");

  /** The oldest version whose form this is; later ones bring it up to theirs. */
  private static final String VERSION = "1.0.0";

  private static final String HEATMAPS = "fields/heatmap/";

  /** Longer side of a heatmap; a map has some ten cells a side. */
  private static final int LONGEST = 128;

  private final RunView run;

  public FiftyOneExport(RunView run) {
    this.run = run;
  }

  /**
   * Writes the dataset.
   *
   * @param records of the run
   * @param folder empty
   * @return how many samples it has
   */
  public long write(Iterator<ImageReport> records, RunFolder folder) throws IOException {
    Path local = folder.local().orElseThrow();
    long samples = 0;
    JsonMapper mapper = ReportJson.mapper();
    try (OutputStream out =
            new BufferedOutputStream(Files.newOutputStream(local.resolve(SAMPLES)));
        JsonGenerator json = mapper.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("samples");
      while (records.hasNext()) {
        mapper.writeTree(json, sample(records.next(), folder));
        samples++;
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    folder.write(
        METADATA, ReportJson.document(metadata(local.toAbsolutePath().getFileName().toString())));
    return samples;
  }

  private ObjectNode sample(ImageReport report, RunFolder folder) {
    Labels labels = new Labels(report.image());
    ObjectNode sample = JsonNodeFactory.instance.objectNode();
    sample.set("_id", labels.id("sample"));
    sample.put("filepath", run.photograph(report.image()));
    sample.put("_media_type", "image");
    sample.put("_rand", rand(report.image()));
    ArrayNode tags = sample.putArray("tags");
    tags(report).forEach(tags::add);
    labels.put(sample, report);
    ClassRef own = SampleFields.ownClass(report);
    if (own != null) {
      ArrayNode flags = sample.putArray("class_flags");
      run.flags(own).forEach(flags::add);
      run.evidence(own).ifPresent(level -> sample.put("class_evidence", level));
    }
    SampleFields.put(sample, report);
    Explanation first = report.first();
    if (first != null && first.status() == ImageStatus.OK && report.file().width() != null) {
      String path = HEATMAPS + SafeName.path(report.image()) + ".png";
      folder.write(path, picture(first, report.file()));
      sample.set("heatmap", labels.heatmap(path));
    }
    List<ObjectNode> regions = regions(report, labels);
    if (!regions.isEmpty()) {
      ObjectNode all = sample.putObject("regions");
      all.put("_cls", FieldType.POLYLINES.className());
      all.putArray("polylines").addAll(regions);
    }
    return sample;
  }

  /** A number from 0 to 1 that shuffles go by. */
  private static double rand(String image) {
    return Long.parseLong(Sha256.hex(image).substring(0, 12), 16) / (double) (1L << 48);
  }

  private Set<String> tags(ImageReport report) {
    Set<String> tags = new LinkedHashSet<>();
    if (report.status() != ImageStatus.OK) {
      tags.add(Labels.tag(report.status()));
    }
    if (report.verdict() != null) {
      tags.add(Labels.tag(report.verdict()));
    }
    ClassRef own = SampleFields.ownClass(report);
    if (own != null && !run.flags(own).isEmpty()) {
      tags.add("suspect-class");
    }
    return tags;
  }

  private byte[] picture(Explanation explanation, ImageFile file) {
    RawMap map = explanation.map();
    double scale = Math.min(1, (double) LONGEST / Math.max(file.width(), file.height()));
    int width = (int) Math.max(1, Math.round(file.width() * scale));
    int height = (int) Math.max(1, Math.round(file.height() * scale));
    float[] values = new float[map.height() * map.width()];
    for (int y = 0; y < map.height(); y++) {
      System.arraycopy(map.values()[y], 0, values, y * map.width(), map.width());
    }
    Placement placement =
        run.placement(file.width(), file.height())
            .resized((double) width / file.width(), (double) height / file.height());
    return HeatPicture.png(
        new SaliencyMap(map.height(), map.width(), values, run.centers(explanation.layer())),
        width,
        height,
        placement);
  }

  private List<ObjectNode> regions(ImageReport report, Labels labels) {
    List<ObjectNode> regions = new ArrayList<>();
    if (report.status().isFailure()) {
      return regions;
    }
    for (ClassView view : ClassView.of(report)) {
      RegionOutline outline = run.outline(view);
      if (outline != null) {
        ClassRef of = view.classRef() == null ? report.label() : view.classRef();
        regions.add(
            labels.region(regions.size(), of == null ? "object" : of.name(), outline.rings()));
      }
    }
    return regions;
  }

  private ObjectNode metadata(String name) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    metadata.put("name", name);
    metadata.put("version", VERSION);
    metadata.put("media_type", "image");
    metadata.putArray("tags").add("camaudit");
    metadata.set("info", run.info());
    metadata.putObject("app_config");
    ArrayNode fields = metadata.putArray("sample_fields");
    fields.add(FieldType.ID.declare("id", "_id", null));
    fields.add(FieldType.TEXT.declare("filepath", "filepath", null));
    fields.add(FieldType.TEXTS.declare("tags", "tags", null));
    fields.add(FieldType.TEXT.declare("_media_type", "_media_type", null));
    fields.add(FieldType.NUMBER.declare("_rand", "_rand", null));
    fields.add(FieldType.ID.declare("_dataset_id", "_dataset_id", null));
    fields.add(FieldType.DATE.declare("created_at", "created_at", null));
    fields.add(FieldType.DATE.declare("last_modified_at", "last_modified_at", null));
    FieldType guess = run.severalLabels() ? FieldType.CLASSIFICATIONS : FieldType.CLASSIFICATION;
    fields.add(guess.declare("ground_truth", "ground_truth", "the labels of the audit"));
    fields.add(guess.declare("prediction", "prediction", "what the model predicts"));
    fields.add(
        FieldType.CLASSIFICATIONS.declare("likeliest", "likeliest", "the likeliest classes"));
    fields.add(
        FieldType.HEATMAP.declare("heatmap", "heatmap", "where evidence for a class was found"));
    fields.add(FieldType.POLYLINES.declare("regions", "regions", "where the model ought to look"));
    fields.add(
        FieldType.TEXTS.declare("class_flags", "class_flags", "why the image's class is suspect"));
    fields.add(
        FieldType.TEXT.declare(
            "class_evidence", "class_evidence", "what a proof made of that suspicion"));
    SampleFields.declare(fields);
    return metadata;
  }
}
