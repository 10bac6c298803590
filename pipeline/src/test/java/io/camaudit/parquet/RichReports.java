package io.camaudit.parquet;

import io.camaudit.report.Attention;
import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageProperties;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Prediction;
import io.camaudit.report.RawMap;
import io.camaudit.report.RegionFit;
import io.camaudit.report.TargetReason;
import io.camaudit.report.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Reports with everything that a report can have or lack. */
final class RichReports {
  static final String HOSTILE = "été/\"naïve\", 日本 🙂\n'x'\\.jpg";

  private static final ClassRef CAT = new ClassRef(0, "n02123045", "tabby, cat");
  private static final ClassRef DOG = new ClassRef(1, "n02084071", "Hund 🐕");
  private static final float[][] MAP = {
    {-0.0f, Float.MIN_VALUE, -1.5f}, {Float.MAX_VALUE, 0.1f, 1e-7f}
  };

  private RichReports() {}

  static List<ImageReport> all() {
    List<ImageReport> all = new ArrayList<>();
    all.add(twoLayersOfTwoTargets());
    all.add(
        ImageReport.failure(
            "corrupt.jpg",
            ImageStatus.CORRUPT,
            "The picture ends too early.",
            new ImageFile("JPEG", null, null, null, 5_000_000_000L, "00ff", null),
            ClassRef.unmatched("no such class")));
    all.add(
        ImageReport.failure(
            "unreadable.jpg", ImageStatus.UNREADABLE, "Permission denied.", null, null));
    all.add(
        explained(
            "empty.png",
            ImageStatus.EMPTY_MAP,
            CAT,
            true,
            Verdict.EMPTY_MAP,
            explanation("b1", CAT, ImageStatus.EMPTY_MAP, negative(), null, null)));
    all.add(
        new ImageReport(
            ImageReport.SCHEMA,
            "not-finite.png",
            ImageStatus.NOT_FINITE,
            "The model's numbers for this image are not finite.",
            file(),
            CAT,
            List.of(),
            null,
            List.of(
                new Explanation(
                    "gradcam",
                    "b1",
                    CAT,
                    TargetReason.REQUESTED,
                    null,
                    ImageStatus.NOT_FINITE,
                    new RawMap(2, 3, null, null, null),
                    null,
                    null,
                    null)),
            Verdict.EMPTY_MAP));
    all.add(
        explained(
            "unlabelled.png",
            ImageStatus.OK,
            null,
            null,
            null,
            explanation("b1", DOG, ImageStatus.OK, map(), attention(), null)));
    for (int i = 0; i < 60; i++) {
      all.add(
          explained(
              "many/%02d.jpg".formatted(i),
              ImageStatus.OK,
              i % 2 == 0 ? CAT : DOG,
              i % 2 == 0,
              Verdict.NO_REGION,
              explanation("b1", CAT, ImageStatus.OK, large(i), attention(), null)));
    }
    return all;
  }

  private static ImageReport twoLayersOfTwoTargets() {
    RegionFit hit = new RegionFit(0.1, 0.30000000000000004, 3, true, 1 / 3.0, 0.25);
    RegionFit miss = new RegionFit(0.1, 0, 0, false, 0, 0);
    return explained(
        HOSTILE,
        ImageStatus.OK,
        CAT,
        true,
        Verdict.RIGHT_FOR_RIGHT_REASONS,
        explanation("b1", CAT, ImageStatus.OK, map(), attention(), hit),
        explanation("b2", CAT, ImageStatus.EMPTY_MAP, negative(), null, null),
        explanation("b1", DOG, ImageStatus.OK, map(), attention(), miss),
        explanation("b2", DOG, ImageStatus.OK, map(), attention(), miss));
  }

  private static ImageReport explained(
      String image,
      ImageStatus status,
      ClassRef label,
      Boolean correct,
      Verdict verdict,
      Explanation... explanations) {
    return new ImageReport(
        ImageReport.SCHEMA,
        image,
        status,
        status == ImageStatus.OK ? null : "No cell speaks for the class.",
        file(),
        label,
        List.of(
            new Prediction(CAT.index(), CAT.id(), CAT.name(), 1e-40f, 0.7f),
            new Prediction(DOG.index(), DOG.id(), DOG.name(), -3, 0.3f)),
        correct,
        List.of(explanations),
        verdict);
  }

  private static Explanation explanation(
      String layer,
      ClassRef target,
      ImageStatus status,
      RawMap map,
      Attention attention,
      RegionFit region) {
    return new Explanation(
        "gradcam",
        layer,
        target,
        target.equals(CAT) ? TargetReason.PREDICTED : TargetReason.RANK,
        target.equals(CAT) ? 12.25f : -0.1f,
        status,
        map,
        status == ImageStatus.OK ? "overlays/日本.%s.jpg".formatted(layer) : null,
        attention,
        region);
  }

  private static ImageFile file() {
    return new ImageFile(
        "JPEG",
        640,
        480,
        6,
        12_345L,
        "ab".repeat(32),
        new ImageProperties(0.4375, 0.25, -0.015625, 0, 0.125, 91));
  }

  private static RawMap map() {
    return new RawMap(2, 3, -1.5f, Float.MAX_VALUE, MAP);
  }

  private static RawMap negative() {
    return new RawMap(1, 1, -2f, -2f, new float[][] {{-2f}});
  }

  private static RawMap large(int seed) {
    float[][] values = new float[28][28];
    for (int i = 0; i < 28 * 28; i++) {
      values[i / 28][i % 28] = (i * 31 + seed) % 97 / 7f;
    }
    return new RawMap(28, 28, 0f, 96 / 7f, values);
  }

  private static Attention attention() {
    return new Attention(
        0.1, 0.2, 1 / 3.0, 0.4, 0.5, 1e-300, 0.6, 0.7, 0.8, 12.25, 0.9, Math.nextDown(1.0));
  }
}
