package io.camaudit.proof;

import io.camaudit.report.ClassRef;
import java.util.ArrayList;
import java.util.List;

/** A class's answers, made up from counts. */
final class Answers {
  private final int classIndex;
  private final int images;
  private final List<VariantAnswer> all = new ArrayList<>();

  private Answers(int classIndex, int images) {
    this.classIndex = classIndex;
    this.images = images;
  }

  static Answers of(int classIndex, int images) {
    return new Answers(classIndex, images);
  }

  static ClassRef classRef(int index) {
    return new ClassRef(index, "n%08d".formatted(index), "class " + index);
  }

  /** Of a variant of all images: the first stay the class, the others become another. */
  Answers with(Variant variant, int kept, int becomes) {
    for (int i = 0; i < images; i++) {
      add(variant, i, i < kept ? classIndex : becomes, i < kept ? 0.9 : 0.05);
    }
    return this;
  }

  Answers with(Variant variant, int kept) {
    return with(variant, kept, classIndex + 100);
  }

  Answers add(Variant variant, int image, int predicted, double probability) {
    boolean transplant = variant == Variant.TRANSPLANT;
    all.add(
        new VariantAnswer(
            "%s-%d/%02d.jpg".formatted(transplant ? "other" : "class", classIndex, image),
            transplant || variant == Variant.OTHER_BACKGROUND ? "donor.jpg" : null,
            classIndex,
            variant,
            transplant ? classIndex + 1 : classIndex,
            8,
            0.95,
            predicted,
            probability == 0.9 ? 7.5 : -1,
            probability,
            "proof/%d/%02d-%s.jpg".formatted(classIndex, image, variant.key()),
            "proof/%d/%02d.jpg".formatted(classIndex, image)));
    return this;
  }

  List<VariantAnswer> list() {
    return all;
  }

  ClassProof proof() {
    return ProofMaker.of(classIndex, Answers::classRef, false, all);
  }

  /** A class that its object decides. */
  static ClassProof sound(int classIndex, int images) {
    return of(classIndex, images)
        .with(Variant.OBJECT_OUT, 0)
        .with(Variant.ONLY_OBJECT, images)
        .with(Variant.CONTROL, images)
        .proof();
  }

  /** A class that something off its object decides. */
  static ClassProof planted(int classIndex, int images) {
    return of(classIndex, images)
        .with(Variant.OBJECT_OUT, images)
        .with(Variant.ONLY_OBJECT, 0)
        .with(Variant.CONTROL, images)
        .proof();
  }
}
