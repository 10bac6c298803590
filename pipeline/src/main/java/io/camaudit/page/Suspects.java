package io.camaudit.page;

import io.camaudit.proof.EvidenceLevel;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Flag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The classes that the first view leads with. */
final class Suspects {
  private Suspects() {}

  /**
   * Keys of the flagged and the confirmed classes and of those whose background counts: confirmed
   * ones first, last those that are refuted and whose background does not count, each in the order
   * of their strongest flag, then of the model.
   */
  static List<String> keys(Map<String, List<Flag>> flags, RunProofs proofs) {
    Set<String> keys = new LinkedHashSet<>(flags.keySet());
    keys.addAll(proofs.keys(EvidenceLevel.CONFIRMED));
    keys.addAll(proofs.tiedToBackgrounds());
    return keys.stream().sorted(Comparator.comparingInt(key -> rank(proofs, key))).toList();
  }

  private static int rank(RunProofs proofs, String key) {
    return proofs
        .level(key)
        .map(
            level ->
                switch (level) {
                  case CONFIRMED -> 0;
                  case UNDECIDED -> 1;
                  case REFUTED -> proofs.isTiedToBackground(key) ? 1 : 2;
                })
        .orElse(1);
  }

  /** The first of them, for the page. */
  static List<Overview.Suspect> of(
      List<String> suspects,
      DatasetStatistics statistics,
      ClassKeys keys,
      Map<String, List<Flag>> flags,
      RunProofs proofs)
      throws IOException {
    List<Overview.Suspect> shown = new ArrayList<>();
    for (String key : suspects.subList(0, Math.min(Overview.MOST_SUSPECTS, suspects.size()))) {
      boolean map =
          statistics.classes().stream()
              .anyMatch(row -> row.maps() != null && key.equals(keys.of(row.classRef())));
      List<Flag> ofClass = flags.getOrDefault(key, List.of());
      shown.add(
          new Overview.Suspect(
              key,
              ofClass.isEmpty() ? proofs.name(key) : ofClass.get(0).classRef().name(),
              map,
              ofClass.stream().map(ClassData::flag).toList(),
              proofs.data(key)));
    }
    return shown;
  }

  /** {@code · 1 confirmed, 2 refuted}, of all classes; empty without a proof. */
  static String levels(RunProofs proofs) {
    if (proofs.isEmpty()) {
      return "";
    }
    return " · "
        + Words.count(proofs.keys(EvidenceLevel.CONFIRMED).size())
        + " confirmed, "
        + Words.count(proofs.keys(EvidenceLevel.REFUTED).size())
        + " refuted";
  }
}
