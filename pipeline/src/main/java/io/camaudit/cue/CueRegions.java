package io.camaudit.cue;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.report.ReportJson;
import java.util.ArrayList;
import java.util.List;

/**
 * Masks of a cue as COCO's JSON, with run lengths that are not compressed. Sizes are those of the
 * upright photographs.
 */
record CueRegions(List<Image> images, List<Annotation> annotations, List<Category> categories) {
  private static final Category CUE = new Category(1, "cue");

  /** A photograph. */
  record Image(int id, @JsonProperty("file_name") String name, int width, int height) {}

  /**
   * Its mask.
   *
   * @param box left, top, width, height
   * @param score of the image along the cue's direction
   */
  record Annotation(
      int id,
      @JsonProperty("image_id") int image,
      @JsonProperty("category_id") int category,
      int iscrowd,
      long area,
      @JsonProperty("bbox") int[] box,
      double score,
      Segmentation segmentation) {}

  /**
   * Its pixels.
   *
   * @param size height, width
   */
  record Segmentation(int[] size, int[] counts) {}

  /** The one there is. */
  record Category(int id, String name) {}

  /** Nothing yet. */
  static CueRegions empty() {
    return new CueRegions(new ArrayList<>(), new ArrayList<>(), List.of(CUE));
  }

  void add(Scored image, PlacedMask mask) {
    int id = images.size() + 1;
    images.add(new Image(id, image.image(), mask.width(), mask.height()));
    annotations.add(
        new Annotation(
            id,
            id,
            CUE.id(),
            0,
            mask.area(),
            mask.box(),
            image.score(),
            new Segmentation(new int[] {mask.height(), mask.width()}, mask.counts())));
  }

  byte[] json() {
    return ReportJson.document(this);
  }
}
