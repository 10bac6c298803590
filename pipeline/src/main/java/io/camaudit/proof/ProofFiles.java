package io.camaudit.proof;

import io.camaudit.report.ReportJson;
import java.io.IOException;

/** The files of a proof. The same values are always the same bytes. */
public final class ProofFiles {
  /** Each answer on a line, by class index, then image, then variant, then donor. */
  public static final String ANSWERS = "proof/answers.jsonl";

  private ProofFiles() {}

  /** {@code proof.json}. */
  public static byte[] json(Proofs proofs) {
    return ReportJson.document(proofs);
  }

  /** Reads {@code proof.json}. */
  public static Proofs read(byte[] json) throws IOException {
    return ReportJson.mapper().readValue(json, Proofs.class);
  }

  /** Answers, in any order, as lines in their order. */
  public static byte[] lines(java.util.List<VariantAnswer> answers) {
    throw new UnsupportedOperationException();
  }
}
