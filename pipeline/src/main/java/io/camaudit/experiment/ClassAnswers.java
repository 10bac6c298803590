package io.camaudit.experiment;

import io.camaudit.proof.Procedure;
import io.camaudit.proof.VariantAnswer;
import io.camaudit.report.ReportJson;
import java.io.IOException;
import java.util.List;

/**
 * What came of a class's trials.
 *
 * @param answers to the variants, image by image
 * @param lost images that could not take part, each once
 */
public record ClassAnswers(int classIndex, List<VariantAnswer> answers, List<Procedure.Lost> lost) {
  public ClassAnswers {
    answers = List.copyOf(answers);
    lost = List.copyOf(lost);
  }

  public byte[] json() {
    return ReportJson.document(this);
  }

  /** Reads what {@link #json} wrote. */
  public static ClassAnswers read(byte[] json) throws IOException {
    return ReportJson.mapper().readValue(json, ClassAnswers.class);
  }
}
