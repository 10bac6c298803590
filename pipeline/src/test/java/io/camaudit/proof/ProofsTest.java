package io.camaudit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.camaudit.report.ReportJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ProofsTest {
  @Test
  void aPlantedClassIsConfirmedAndTheSoundOnesAreRefuted() {
    List<ClassProof> classes = new ArrayList<>(List.of(Answers.planted(5, 16)));
    for (int i = 0; i < 5; i++) {
      classes.add(Answers.sound(i, 16));
    }
    Proofs proofs = prove(classes);
    assertThat(proofs.classes().stream().map(proof -> proof.classRef().index()))
        .containsExactly(0, 1, 2, 3, 4, 5);
    Evidence planted = proofs.classes().get(5).evidence();
    assertThat(planted.level()).isEqualTo(EvidenceLevel.CONFIRMED);
    // Fisher: 1 / C(96, 16) = 1.5e-18; McNemar: 2 / 2^16. The greatest counts, of six tests.
    assertThat(planted.confirming()).isCloseTo(2 / 65536.0, within(1e-15));
    assertThat(planted.adjustedConfirming()).isCloseTo(12 / 65536.0, within(1e-15));
    assertThat(planted.refuting()).isEqualTo(1);
    assertThat(planted.sentence())
        .isEqualTo(
            "class 5 is recognised by something off its object: it is still predicted in 16 of 16"
                + " images without the object (100 %, 95 % interval 81 % to 100 %); of the other"
                + " classes' images 0 of 80 are, and of those that are not 0 of 80 become it. With the"
                + " object alone it is still predicted in 0 of 16 images (0 %, 95 % interval 0 % to"
                + " 19 %); with as much filled in elsewhere in 16 of 16 (adjusted p 1.8e-04 over 6"
                + " classes).");
    assertThat(planted.decide()).isNull();
    Evidence sound = proofs.classes().get(0).evidence();
    assertThat(sound.level()).isEqualTo(EvidenceLevel.REFUTED);
    // (3/4)^16 = 0.0100226, and of six tests the greatest of the five least: times 6/5.
    assertThat(sound.refuting()).isCloseTo(0.0100226, within(1e-7));
    assertThat(sound.adjustedRefuting()).isCloseTo(0.0120271, within(1e-7));
    assertThat(sound.confirming()).isEqualTo(1);
    assertThat(sound.sentence()).startsWith("class 0 is recognised by its object: ");
  }

  @Test
  void eachPartOfConfirmedIsAskedFor() {
    // Against the others: 14 of 16 where they keep 60 of 80, Fisher p 0.2298 (exact fractions).
    Proofs asTheRest =
        prove(List.of(counts(0, 16, 14, 0, 16, 100), counts(1, 80, 60, 80, 80, 100)));
    assertThat(asTheRest.classes().get(0).evidence().confirming())
        .isCloseTo(0.22980802994197663, within(1e-12));
    assertThat(level(asTheRest, 0)).isEqualTo(EvidenceLevel.UNDECIDED);
    // With the object alone it is kept as well.
    assertThat(level(prove(List.of(counts(0, 16, 16, 16, 16, 100), Answers.sound(1, 40))), 0))
        .isEqualTo(EvidenceLevel.UNDECIDED);
    // A sound class that the others become without their object, too.
    Proofs sink = prove(List.of(counts(0, 16, 16, 16, 16, 100), counts(1, 40, 0, 40, 40, 0)));
    assertThat(level(sink, 0)).isEqualTo(EvidenceLevel.UNDECIDED);
    assertThat(sink.classes().get(0).evidence().decide()).contains("40 of 40 become this class");
    // Nor one that its object alone does not make, as long as no background was exchanged.
    Proofs planted = prove(List.of(Answers.planted(0, 16), counts(1, 40, 0, 40, 40, 0)));
    assertThat(level(planted, 0)).isEqualTo(EvidenceLevel.UNDECIDED);
    // A difference that is sure but small.
    Proofs small =
        prove(List.of(counts(0, 1000, 200, 500, 1000, 100), counts(1, 1000, 10, 990, 990, 100)));
    assertThat(small.classes().get(0).evidence().adjustedConfirming()).isLessThan(1e-9);
    assertThat(level(small, 0)).isNotEqualTo(EvidenceLevel.CONFIRMED);
    // Nothing to compare with.
    Proofs alone = prove(List.of(Answers.planted(0, 16)));
    assertThat(alone.classes().get(0).evidence().confirming()).isNull();
    assertThat(level(alone, 0)).isEqualTo(EvidenceLevel.UNDECIDED);
  }

  @Test
  void aClassThatEmptyPicturesBecomeTooIsToldByItsBackgrounds() {
    ClassProof others = counts(1, 40, 0, 40, 40, 0);
    Evidence tied = prove(List.of(moved(16, 1), others)).classes().get(0).evidence();
    assertThat(tied.level()).isEqualTo(EvidenceLevel.CONFIRMED);
    // McNemar: 2 / 2^15 of 15 that only their own backgrounds keep, doubled for two ways to tell.
    assertThat(tied.confirming()).isCloseTo(4 / 32768.0, within(1e-15));
    assertThat(tied.sentence())
        .contains(
            "40 of 40 become it, but its objects are it in 16 of 16 on backgrounds of its own class"
                + " and in 1 of 16 on those of others.");
    // Kept on any background; or by a difference that is too small, or may be chance.
    assertThat(level(prove(List.of(moved(16, 16), others)), 0)).isEqualTo(EvidenceLevel.UNDECIDED);
    assertThat(level(prove(List.of(moved(16, 13), others)), 0)).isEqualTo(EvidenceLevel.UNDECIDED);
    assertThat(level(prove(List.of(moved(16, 12), others)), 0)).isEqualTo(EvidenceLevel.UNDECIDED);
    // Where empty pictures become others, either way tells.
    Proofs both = prove(List.of(moved(16, 16), Answers.sound(1, 40)));
    assertThat(level(both, 0)).isEqualTo(EvidenceLevel.CONFIRMED);
  }

  @Test
  void aBackgroundThatCountsIsSaidWhateverTheLevel() {
    // Refuted: without the object none is kept, with it alone all; 10 of 16 elsewhere.
    List<ClassProof> classes = List.of(sound(10), Answers.sound(1, 40));
    Evidence refuted = prove(classes).classes().get(0).evidence();
    assertThat(refuted.level()).isEqualTo(EvidenceLevel.REFUTED);
    // McNemar: 2 / 2^6 of six that only their own backgrounds keep; the other class has no gap.
    assertThat(refuted.adjustedGap()).isCloseTo(2 / 64.0, within(1e-15));
    assertThat(refuted.background())
        .isEqualTo(
            "Its background counts: class 0 is still predicted in 16 of 16 images on backgrounds of its own"
                + " class, and in 10 of 16 on those of others (adjusted p 0.031 over 1 classes).");
    // It may be chance (five of 16, 2 / 2^5); there is none; of a confirmed class it is said too.
    for (ClassProof no : List.of(sound(11), sound(16))) {
      assertThat(prove(List.of(no, Answers.sound(1, 40))).classes().get(0).evidence().background())
          .isNull();
    }
    Evidence confirmed =
        prove(List.of(moved(16, 1), Answers.sound(1, 40))).classes().get(0).evidence();
    assertThat(confirmed.level()).isEqualTo(EvidenceLevel.CONFIRMED);
    assertThat(confirmed.background()).contains("in 1 of 16 on those of others");
    assertThat(prove(List.of(Answers.sound(1, 40))).classes().get(0).evidence().adjustedGap())
        .isNull();
  }

  @Test
  void aClassThatItsObjectIsEnoughForTooIsToldByItsBackgrounds() {
    ClassProof others = Answers.sound(1, 40);
    Evidence tied = prove(List.of(moved(16, 16, 1), others)).classes().get(0).evidence();
    assertThat(tied.level()).isEqualTo(EvidenceLevel.CONFIRMED);
    // McNemar: 2 / 2^15 of 15 that only their own backgrounds keep, doubled for two ways, two
    // tests.
    assertThat(tied.confirming()).isCloseTo(4 / 32768.0, within(1e-15));
    assertThat(tied.sentence())
        .contains("alone it is still predicted in 16 of 16 images")
        .contains(
            "elsewhere in 16 of 16; but its objects are it in 16 of 16 on backgrounds of its own"
                + " class and in 1 of 16 on those of others (adjusted p");
    // Kept on any background; or by a difference that is too small, or may be chance.
    for (int kept : new int[] {16, 13, 12}) {
      assertThat(level(prove(List.of(moved(16, 16, kept), others)), 0))
          .isEqualTo(EvidenceLevel.UNDECIDED);
    }
    // Backgrounds alone do not do: without the object it is not kept.
    ClassProof context =
        Answers.of(0, 16)
            .with(Variant.OBJECT_OUT, 1)
            .with(Variant.ONLY_OBJECT, 16)
            .with(Variant.CONTROL, 16)
            .with(Variant.SAME_BACKGROUND, 16)
            .with(Variant.OTHER_BACKGROUND, 0)
            .proof();
    assertThat(level(prove(List.of(context, others)), 0)).isNotEqualTo(EvidenceLevel.CONFIRMED);
  }

  @Test
  void whatAClassWithACueKeepsDoesNotHideWhatEmptyPicturesBecome() {
    // Class 2 has a cue; class 0 is what the model says where it sees nothing.
    ClassProof sink = counts(0, 20, 20, 0, 20, 100);
    ClassProof cue = Answers.planted(2, 50);
    List<ClassProof> classes = List.of(sink, counts(1, 40, 0, 40, 40, 0), cue);
    assertThat(level(prove(classes), 0)).isEqualTo(EvidenceLevel.UNDECIDED);
    assertThat(level(prove(classes), 2)).isEqualTo(EvidenceLevel.CONFIRMED);
    assertThat(prove(classes).classes().get(0).evidence().decide())
        .contains("40 of 40 become this class");
    // Where the others become something else, the same counts confirm it.
    List<ClassProof> elsewhere = List.of(sink, counts(1, 40, 0, 40, 40, 100), cue);
    assertThat(level(prove(elsewhere), 0)).isEqualTo(EvidenceLevel.CONFIRMED);
    // All others keep theirs: nothing says what empty pictures become.
    assertThat(level(prove(List.of(sink, counts(1, 40, 40, 40, 40, 0))), 0))
        .isEqualTo(EvidenceLevel.UNDECIDED);
  }

  /** Recognised by its object, which some backgrounds of other classes cover up. */
  private static ClassProof sound(int keptOnOthers) {
    return exchanged(0, 16, 16, keptOnOthers);
  }

  /** Planted, of 16 images, with its objects on backgrounds of its own class and of others. */
  private static ClassProof moved(int keptOnOwn, int keptOnOthers) {
    return moved(0, keptOnOwn, keptOnOthers);
  }

  private static ClassProof moved(int keptAlone, int keptOnOwn, int keptOnOthers) {
    return exchanged(16, keptAlone, keptOnOwn, keptOnOthers);
  }

  private static ClassProof exchanged(
      int keptWithout, int keptAlone, int keptOnOwn, int keptOnOthers) {
    return Answers.of(0, 16)
        .with(Variant.OBJECT_OUT, keptWithout)
        .with(Variant.ONLY_OBJECT, keptAlone)
        .with(Variant.CONTROL, 16)
        .with(Variant.SAME_BACKGROUND, keptOnOwn)
        .with(Variant.OTHER_BACKGROUND, keptOnOthers)
        .proof();
  }

  @Test
  void aMultiLabelModelMayCallAPictureNothing() throws IOException {
    List<VariantAnswer> answers =
        Answers.of(0, 16)
            .with(Variant.OBJECT_OUT, 0, -1)
            .with(Variant.ONLY_OBJECT, 16)
            .with(Variant.CONTROL, 16)
            .list();
    ClassProof proof = ProofMaker.of(0, i -> i < 0 ? null : Answers.classRef(i), false, answers);
    assertThat(proof.withoutObject()).hasSize(1);
    assertThat(proof.withoutObject().get(0).predicted()).isNull();
    Proofs proofs = prove(List.of(proof, Answers.planted(1, 16)));
    assertThat(level(proofs, 0)).isEqualTo(EvidenceLevel.REFUTED);
    assertThat(level(proofs, 1)).isEqualTo(EvidenceLevel.CONFIRMED);
    assertHasTheFormOfItsSchema(ProofFiles.json(proofs));
  }

  @Test
  void eachPartOfRefutedIsAskedFor() {
    ClassProof other = Answers.sound(9, 16);
    // Too often kept without the object; too rarely with it alone; the control loses it too.
    assertThat(level(prove(List.of(counts(0, 16, 3, 16, 16, 100), other)), 0))
        .isEqualTo(EvidenceLevel.UNDECIDED);
    assertThat(level(prove(List.of(counts(0, 16, 0, 9, 16, 100), other)), 0))
        .isEqualTo(EvidenceLevel.UNDECIDED);
    Proofs fill = prove(List.of(counts(0, 16, 0, 16, 3, 100), other));
    assertThat(level(fill, 0)).isEqualTo(EvidenceLevel.UNDECIDED);
    assertThat(fill.classes().get(0).evidence().decide()).startsWith("Filling in as much anywhere");
    assertThat(level(prove(List.of(counts(0, 16, 0, 15, 16, 100), other)), 0))
        .isEqualTo(EvidenceLevel.REFUTED);
  }

  @Test
  void anUndecidedClassSaysWhatWouldDecideIt() {
    // (3/4)^n is at most 0.05 from 11 images on: of 5 the threefold.
    Evidence few =
        prove(List.of(Answers.sound(0, 5), Answers.sound(1, 16))).classes().get(0).evidence();
    assertThat(few.level()).isEqualTo(EvidenceLevel.UNDECIDED);
    assertThat(few.decide())
        .isEqualTo("About 15 images of the class would decide it, if the shares stay as they are.");
    assertThat(few.sentence())
        .isEqualTo(
            "class 0: it is still predicted in 0 of 5 images without the object (0 %, 95 %"
                + " interval 0 % to 43 %), with the object alone in 5 of 5 images (100 %, 95 %"
                + " interval 57 % to 100 %); with as much filled in elsewhere in 5 of 5.");
    ClassProof noRegions =
        Answers.of(0, 9).with(Variant.HOT_SPOT_OUT, 1).with(Variant.COLD_SPOT_OUT, 9).proof();
    Evidence without = prove(List.of(noRegions, Answers.sound(1, 16))).classes().get(0).evidence();
    assertThat(without.level()).isEqualTo(EvidenceLevel.UNDECIDED);
    assertThat(without.confirming()).isNull();
    assertThat(without.refuting()).isNull();
    assertThat(without.decide()).isEqualTo("Regions of its objects would decide it.");
    ClassProof noControl =
        Answers.of(0, 16).with(Variant.OBJECT_OUT, 0).with(Variant.ONLY_OBJECT, 16).proof();
    assertThat(prove(List.of(noControl, Answers.sound(1, 16))).classes().get(0).evidence().decide())
        .startsWith("Regions that leave room");
    assertThat(
            prove(List.of(counts(0, 100, 0, 20, 100, 100), Answers.sound(1, 16)))
                .classes()
                .get(0)
                .evidence()
                .decide())
        .startsWith("It seems to need both");
    assertThat(
            prove(List.of(counts(0, 100, 90, 95, 100, 100), Answers.sound(1, 16)))
                .classes()
                .get(0)
                .evidence()
                .decide())
        .startsWith("The object and what lies around it seem to be enough each");
  }

  @Test
  void rulesAreThresholds() {
    List<ClassProof> classes = List.of(counts(0, 40, 12, 20, 40, 100), Answers.sound(1, 40));
    assertThat(level(prove(classes), 0)).isEqualTo(EvidenceLevel.CONFIRMED);
    Proofs strict = Proofs.of(classes, new EvidenceRules(0.05, 0.4, 0.25, 0.5));
    assertThat(level(strict, 0)).isEqualTo(EvidenceLevel.UNDECIDED);
    Proofs never = Proofs.of(classes, new EvidenceRules(0, 0.2, 0.25, 0.5));
    assertThat(level(never, 0)).isEqualTo(EvidenceLevel.UNDECIDED);
    assertThat(level(never, 1)).isEqualTo(EvidenceLevel.UNDECIDED);
    assertThatThrownBy(() -> new EvidenceRules(0.05, 1.5, 0.25, 0.5))
        .hasMessageContaining("1.5 is not a share");
  }

  @Test
  void classesOfWhichNothingIsKnownAreNoTests() {
    ClassProof none = Answers.of(3, 0).proof();
    Proofs proofs = prove(List.of(none, Answers.planted(1, 16), Answers.sound(2, 16)));
    assertThat(level(proofs, 2)).isEqualTo(EvidenceLevel.UNDECIDED);
    assertThat(level(proofs, 0)).isEqualTo(EvidenceLevel.CONFIRMED);
    assertThat(proofs.classes().get(0).evidence().adjustedConfirming())
        .isCloseTo(4 / 65536.0, within(1e-15));
    assertThat(prove(List.of()).classes()).isEmpty();
  }

  @Test
  void levelsAreRarelyGivenByChance() {
    // Eight classes of 20 images that differ by chance alone, at the limits of what levels ask for.
    int confirmed = 0;
    int byBackgrounds = 0;
    int refuted = 0;
    Random random = new Random(1);
    for (int dataset = 0; dataset < 100; dataset++) {
      List<ClassProof> alike = new ArrayList<>();
      List<ClassProof> exchanged = new ArrayList<>();
      List<ClassProof> atTheLimit = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        alike.add(drawn(i, 20, 0.5, 0.2, 0.95, random).proof());
        Answers moved = drawn(i, 20, 0.5, 0.9, 0.95, random);
        draw(moved, Variant.SAME_BACKGROUND, i, 20, 0.6, random);
        draw(moved, Variant.OTHER_BACKGROUND, i, 20, 0.4, random);
        exchanged.add(moved.proof());
        atTheLimit.add(drawn(i, 20, 0.25, 0.9, 0.95, random).proof());
      }
      confirmed += count(prove(alike), EvidenceLevel.CONFIRMED) > 0 ? 1 : 0;
      byBackgrounds += count(prove(exchanged), EvidenceLevel.CONFIRMED) > 0 ? 1 : 0;
      refuted += count(prove(atTheLimit), EvidenceLevel.REFUTED);
    }
    assertThat(byBackgrounds).as("datasets with any").isLessThanOrEqualTo(8);
    assertThat(confirmed).as("datasets with any").isLessThanOrEqualTo(8);
    assertThat(refuted).as("classes of 800").isLessThanOrEqualTo(16);
  }

  @Test
  void aCueInHalfOfFiftyImagesIsFound() {
    int found = 0;
    int others = 0;
    Random random = new Random(3);
    for (int dataset = 0; dataset < 50; dataset++) {
      List<ClassProof> classes =
          new ArrayList<>(List.of(drawn(0, 50, 0.5, 0.48, 0.97, random).proof()));
      for (int i = 1; i < 8; i++) {
        classes.add(drawn(i, 20, 0.03, 0.9, 0.97, random).proof());
      }
      Proofs proofs = prove(classes);
      int isFound = level(proofs, 0) == EvidenceLevel.CONFIRMED ? 1 : 0;
      found += isFound;
      others += count(proofs, EvidenceLevel.CONFIRMED) - isFound;
    }
    assertThat(found).isGreaterThanOrEqualTo(47);
    assertThat(others).isZero();
  }

  @Test
  void theFileHasTheFormOfItsSchemaAndReadsBack() throws IOException {
    ClassProof full =
        Answers.of(0, 12)
            .with(Variant.OBJECT_OUT, 12)
            .with(Variant.ONLY_OBJECT, 1)
            .with(Variant.CONTROL, 12)
            .with(Variant.SAME_BACKGROUND, 10)
            .with(Variant.OTHER_BACKGROUND, 3)
            .with(Variant.TRANSPLANT, 4)
            .with(Variant.HOT_SPOT_OUT, 2)
            .with(Variant.COLD_SPOT_OUT, 11)
            .proof();
    Proofs proofs =
        prove(List.of(full, Answers.sound(1, 16), Answers.sound(2, 4), Answers.of(3, 0).proof()));
    byte[] json = ProofFiles.json(proofs);
    assertHasTheFormOfItsSchema(json);
    assertThat(new String(json, StandardCharsets.UTF_8))
        .contains("\"objectOut\" : {", "\"level\" : \"confirmed\"", "\"variant\" : \"onlyObject\"");
    assertThat(ProofFiles.read(json)).isEqualTo(proofs);
    assertThat(ProofFiles.json(ProofFiles.read(json))).isEqualTo(json);
  }

  @Test
  void answersAreLinesInOneOrder() throws IOException {
    List<VariantAnswer> answers = new ArrayList<>();
    for (int index : new int[] {10, 2}) {
      answers.addAll(
          Answers.of(index, 3).with(Variant.TRANSPLANT, 1).with(Variant.OBJECT_OUT, 2).list());
    }
    byte[] lines = ProofFiles.lines(answers);
    Collections.reverse(answers);
    assertThat(ProofFiles.lines(answers)).isEqualTo(lines);
    List<VariantAnswer> read = new ArrayList<>();
    ProofFiles.answers(new ByteArrayInputStream(lines), read::add);
    assertThat(read).hasSize(12).containsExactlyInAnyOrderElementsOf(answers);
    assertThat(read.get(0).classIndex()).isEqualTo(2);
    assertThat(read.get(0).image()).isEqualTo("class-2/00.jpg");
  }

  private static Proofs prove(List<ClassProof> classes) {
    return Proofs.of(classes, EvidenceRules.DEFAULT);
  }

  private static EvidenceLevel level(Proofs proofs, int place) {
    return proofs.classes().get(place).evidence().level();
  }

  private static int count(Proofs proofs, EvidenceLevel level) {
    return (int)
        proofs.classes().stream().filter(proof -> proof.evidence().level() == level).count();
  }

  /** A class whose images are kept with the given chances, each by itself. */
  private static Answers drawn(
      int index, int images, double without, double alone, double control, Random random) {
    Answers answers = Answers.of(index, images);
    draw(answers, Variant.OBJECT_OUT, index, images, without, random);
    draw(answers, Variant.ONLY_OBJECT, index, images, alone, random);
    draw(answers, Variant.CONTROL, index, images, control, random);
    return answers;
  }

  private static void draw(
      Answers answers, Variant variant, int index, int images, double kept, Random random) {
    for (int i = 0; i < images; i++) {
      answers.add(variant, i, random.nextDouble() < kept ? index : 100, 0.5);
    }
  }

  /** A class of which so many are kept; those lost without the object become a class. */
  private static void assertHasTheFormOfItsSchema(byte[] json) throws IOException {
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("../schemas/proof.schema.json")))
                .validate(ReportJson.mapper().readTree(json)))
        .isEmpty();
  }

  private static ClassProof counts(
      int index, int images, int without, int alone, int control, int becomes) {
    Answers answers =
        Answers.of(index, images)
            .with(Variant.OBJECT_OUT, without, becomes)
            .with(Variant.CONTROL, control);
    // From the other end, so that the pairs are not all alike.
    IntStream.range(0, images)
        .forEach(
            i -> answers.add(Variant.ONLY_OBJECT, i, i >= images - alone ? index : becomes, 0.5));
    return answers.proof();
  }
}
