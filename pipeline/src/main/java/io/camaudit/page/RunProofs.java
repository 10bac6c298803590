package io.camaudit.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camaudit.UserException;
import io.camaudit.proof.ClassProof;
import io.camaudit.proof.EvidenceLevel;
import io.camaudit.proof.ProofFiles;
import io.camaudit.proof.Proofs;
import io.camaudit.proof.Strip;
import io.camaudit.proof.Variant;
import io.camaudit.proof.VariantResult;
import io.camaudit.stats.MeanChange;
import io.camaudit.stats.RateChange;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A run's proof, as the page shows it; of a run without one every class is unknown. */
final class RunProofs {
  /** On a class's page. */
  static final int MOST_STRIPS = 4;

  private static final Set<Variant> WITHOUT_AND_ALONE =
      Set.of(Variant.OBJECT_OUT, Variant.ONLY_OBJECT);

  private static final Set<Variant> BACKGROUNDS =
      Set.of(Variant.SAME_BACKGROUND, Variant.OTHER_BACKGROUND);

  private final RunFolder run;
  private final Path report;
  private final Map<String, ClassProof> byKey = new LinkedHashMap<>();

  private RunProofs(RunFolder run, Path report) {
    this.run = run;
    this.report = report;
  }

  /**
   * Reads {@code proof.json}, if the run has one.
   *
   * @param report where the page is made
   */
  static RunProofs of(RunFolder run, ClassKeys keys, Path report) throws IOException {
    RunProofs proofs = new RunProofs(run, report);
    if (!run.has(RunFolder.PROOF)) {
      return proofs;
    }
    Proofs read;
    try {
      read = ProofFiles.read(run.read(RunFolder.PROOF));
    } catch (JsonProcessingException e) {
      throw UserException.wrongArguments(
          "%s is not what this version writes (%s).",
          run.locate(RunFolder.PROOF), e.getOriginalMessage());
    }
    read.classes().forEach(proof -> proofs.byKey.put(keys.of(proof.classRef()), proof));
    return proofs;
  }

  /** Whether there is a proof at all. */
  boolean isEmpty() {
    return byKey.isEmpty();
  }

  /** The level of a class; empty if it has no proof. */
  Optional<EvidenceLevel> level(String key) {
    return Optional.ofNullable(byKey.get(key)).map(proof -> proof.evidence().level());
  }

  /** The keys of the classes of a level, in the model's order. */
  List<String> keys(EvidenceLevel level) {
    return byKey.keySet().stream().filter(key -> level(key).get() == level).toList();
  }

  /** The keys of the classes whose background counts, in the model's order. */
  List<String> tiedToBackgrounds() {
    return byKey.keySet().stream().filter(this::isTiedToBackground).toList();
  }

  /** Whether objects of a class are lost on backgrounds of others. */
  boolean isTiedToBackground(String key) {
    return byKey.containsKey(key) && byKey.get(key).evidence().background() != null;
  }

  /** The name of a class that has a proof. */
  String name(String key) {
    return byKey.get(key).classRef().name();
  }

  /** The class's proof, its pictures laid beside the page; null if it has none. */
  ProofData data(String key) throws IOException {
    ClassProof proof = byKey.get(key);
    if (proof == null) {
      return null;
    }
    List<Strip> shown = first(proof.strips());
    List<ProofData.Strip> strips =
        SideBySide.make(shown.size(), number -> strip(key, number, shown.get(number)));
    EvidenceLevel level = proof.evidence().level();
    return new ProofData(
        Words.name(level),
        Words.tone(level),
        Words.headline(proof.evidence()),
        proof.evidence().sentence(),
        proof.evidence().decide(),
        proof.evidence().besides(),
        proof.images(),
        proof.variants().entrySet().stream().map(e -> row(e.getKey(), e.getValue())).toList(),
        triple(proof.backgroundGap()),
        strips,
        strips.isEmpty()
            ? null
            : overview(
                proof.strips().get(0),
                strips.get(0),
                proof.evidence().besides() == null ? WITHOUT_AND_ALONE : BACKGROUNDS));
  }

  private static List<Strip> first(List<Strip> strips) {
    return strips.subList(0, Math.min(MOST_STRIPS, strips.size()));
  }

  /** The untouched picture and what is most easily understood; null if neither was made. */
  private static ProofData.Strip overview(
      Strip strip, ProofData.Strip shown, Set<Variant> variants) {
    List<ProofData.Frame> frames = new ArrayList<>(shown.frames().subList(0, 1));
    for (int i = 0; i < strip.frames().size(); i++) {
      if (variants.contains(strip.frames().get(i).variant())) {
        frames.add(shown.frames().get(i + 1));
      }
    }
    return frames.size() == 1 ? null : new ProofData.Strip(shown.image(), frames);
  }

  private static ProofData.Row row(Variant variant, VariantResult result) {
    MeanChange probability = result.probability();
    return new ProofData.Row(
        Words.name(variant),
        Words.help(variant),
        result.kept().count(),
        result.kept().of(),
        Words.triple(result.kept()),
        triple(result.againstControl()),
        result.againstControl() == null ? null : (Double) result.againstControl().pValue(),
        probability == null
            ? null
            : new double[] {Words.round(probability.before()), Words.round(probability.after())},
        result.logit() == null ? null : Words.triple(result.logit().difference()));
  }

  private static double[] triple(RateChange change) {
    return change == null
        ? null
        : new double[] {
          Words.round(change.difference()), Words.round(change.low()), Words.round(change.high())
        };
  }

  private ProofData.Strip strip(String key, int number, Strip strip) throws IOException {
    List<ProofData.Frame> frames = new ArrayList<>();
    String name = "images/proof-" + key + "-" + number + "-";
    frames.add(
        new ProofData.Frame(
            "Untouched",
            picture(strip.original(), name + 0),
            strip.predicted().name(),
            true,
            Words.percent(strip.probability())));
    for (Strip.Frame frame : strip.frames()) {
      frames.add(
          new ProofData.Frame(
              Words.name(frame.variant()),
              picture(frame.picture(), name + frames.size()),
              frame.predicted() == null ? "no class" : frame.predicted().name(),
              frame.kept(),
              Words.percent(frame.probability())));
    }
    return new ProofData.Strip(strip.image(), frames);
  }

  /** The address of a picture laid beside the page, so that the page can be sent; null if gone. */
  private String picture(String path, String name) throws IOException {
    Path below = Path.of(path);
    if (below.isAbsolute() || below.normalize().startsWith("..")) {
      return null;
    }
    String shown = name + (path.endsWith(".png") ? ".png" : ".jpg");
    Path to = report.resolve(shown);
    if (Files.exists(to)) {
      return shown; // the overview shows some of a class's
    }
    byte[] bytes;
    try {
      bytes = run.read(path);
    } catch (IOException e) {
      return null;
    }
    Files.write(to, bytes);
    return shown;
  }
}
