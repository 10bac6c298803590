package io.camaudit.cli;

import io.camaudit.UserException;
import io.camaudit.alter.Fill;
import io.camaudit.proof.EvidenceRules;
import io.camaudit.proof.Procedure;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How a run's suspicions are proved. */
final class ProveOptions {
  private static final int OF_FLAGGED = 50;
  private static final int OF_OTHERS = 20;

  /** Of how many images of a class pictures are kept. */
  private static final int PICTURES_OF_FLAGGED = 4;

  private static final int PICTURES_OF_OTHERS = 2;

  @Option(
      names = "--prove-images",
      paramLabel = "N",
      description =
          "Images of each class that are changed, those with the least SHA-256 of their names. Default: 50 of flagged classes, 20 of others.")
  private Integer images;

  @Option(
      names = "--prove-fill",
      paramLabel = "smooth|mean",
      defaultValue = "smooth",
      description =
          "What takes the place of pixels that are taken out: what is around them, or the picture's mean. Default: ${DEFAULT-VALUE}.")
  private Fill fill;

  @Option(
      names = "--prove-gap",
      paramLabel = "SHARE",
      description =
          "Of a confirmed class: least distance to the other classes, and between the object alone and as much taken away elsewhere. Default: 0.25.")
  private Double gap;

  @Option(
      names = "--prove-most-without",
      paramLabel = "SHARE",
      description =
          "Of a refuted class: greatest share of predictions kept without the object. Default: 0.25.")
  private Double mostWithout;

  @Option(
      names = "--prove-least-alone",
      paramLabel = "SHARE",
      description =
          "Of a refuted class: least share of predictions kept with the object alone. Default: 0.5.")
  private Double leastAlone;

  /**
   * @throws UserException for options that cannot be meant
   */
  void check() {
    if (images != null && images < 1) {
      throw UserException.wrongArguments("--prove-images %d: must be at least 1.", images);
    }
    share("--prove-gap", gap);
    share("--prove-most-without", mostWithout);
    share("--prove-least-alone", leastAlone);
  }

  private static void share(String option, Double value) {
    if (value != null && !(value >= 0 && value <= 1)) {
      throw UserException.wrongArguments("%s %s: must be a share from 0 to 1.", option, value);
    }
  }

  /** What it takes to call a suspicion confirmed or refuted. */
  EvidenceRules rules() {
    EvidenceRules normal = EvidenceRules.DEFAULT;
    return new EvidenceRules(
        normal.falseDiscoveryRate(),
        gap == null ? normal.leastGap() : gap,
        mostWithout == null ? normal.mostKeptWithout() : mostWithout,
        leastAlone == null ? normal.leastKeptAlone() : leastAlone);
  }

  int images(boolean flagged) {
    return images != null ? images : flagged ? OF_FLAGGED : OF_OTHERS;
  }

  int pictures(boolean flagged) {
    return flagged ? PICTURES_OF_FLAGGED : PICTURES_OF_OTHERS;
  }

  Fill fill() {
    return fill;
  }

  /** What {@code proof.json} says of them. */
  Procedure procedure() {
    return new Procedure(
        fill.name().toLowerCase(Locale.ROOT), images(true), images(false), List.of());
  }
}
