package io.camaudit.fiftyone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camaudit.page.OutlineSource;
import io.camaudit.page.RegionOutline;
import io.camaudit.proof.ClassProof;
import io.camaudit.proof.Proofs;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ClassView;
import io.camaudit.report.RunSummary;
import io.camaudit.savedmodel.CellCenters;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.savedmodel.Placement;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Flag;
import io.camaudit.storage.Locations;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a dataset says of a run beside its records. */
public final class RunView {
  private final RunSummary summary;
  private final OutlineSource outlines;
  private final Map<ClassRef, String> evidence = new HashMap<>();
  private final DatasetStatistics statistics;

  /**
   * @param proofs null of a run without a proof
   * @param outlines of the regions
   */
  public RunView(
      RunSummary summary, DatasetStatistics statistics, Proofs proofs, OutlineSource outlines) {
    this.summary = summary;
    this.statistics = statistics;
    this.outlines = outlines;
    if (proofs != null) {
      for (ClassProof proof : proofs.classes()) {
        evidence.put(proof.classRef(), proof.evidence().level().name().toLowerCase(Locale.ROOT));
      }
    }
  }

  /** Where an image lies: a path, or an address. */
  String photograph(String image) {
    return Locations.absolute(
        Locations.isAbsolute(image) ? image : Locations.resolve(summary.input().root(), image));
  }

  /** The model's input on an upright photograph. */
  Placement placement(int width, int height) {
    RunSummary.Model model = summary.model();
    return model.geometry().place(width, height, model.inputWidth(), model.inputHeight());
  }

  /** Where the run laid a layer's cells; null to share the input evenly. */
  CellCenters centers(String layer) {
    return summary.model().centers(layer);
  }

  RegionOutline outline(ClassView view) {
    return outlines.outlines(view);
  }

  boolean severalLabels() {
    return summary.model().kind() == ModelKind.MULTI_LABEL;
  }

  /** The kinds of flags against a class. */
  List<String> flags(ClassRef of) {
    return statistics.flags().stream()
        .filter(flag -> flag.classRef().equals(of))
        .map(Flag::kind)
        .map(Labels::tag)
        .toList();
  }

  /** The level of evidence of a class that was proved. */
  Optional<String> evidence(ClassRef of) {
    return Optional.ofNullable(evidence.get(of));
  }

  ObjectNode info() {
    ObjectNode info = JsonNodeFactory.instance.objectNode();
    info.put("tool", summary.tool().name() + " " + summary.tool().version());
    info.put("model", summary.model().name());
    info.put("model_sha256", summary.model().sha256());
    info.put("input", summary.input().location());
    return info;
  }
}
