package io.camaudit.proof;

import io.camaudit.report.ReportJson;
import io.camaudit.storage.RunFolder;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The files of a proof. The same values are always the same bytes. */
public final class ProofFiles {
  /** Each answer on a line, by class index, then image, then variant, then donor. */
  public static final String ANSWERS = RunFolder.PROOF_FOLDER + "/answers.jsonl";

  /** The same as a table, for programs that read Parquet. */
  public static final String TABLE = RunFolder.PROOF_FOLDER + "/answers.parquet";

  private static final Comparator<VariantAnswer> ORDER =
      Comparator.comparingInt(VariantAnswer::classIndex)
          .thenComparing(VariantAnswer::image)
          .thenComparing(VariantAnswer::variant)
          .thenComparing(VariantAnswer::donor, Comparator.nullsFirst(Comparator.naturalOrder()));

  private ProofFiles() {}

  /** {@code proof.json}. */
  public static byte[] json(Proofs proofs) {
    return ReportJson.document(proofs);
  }

  /** Reads {@code proof.json}. */
  public static Proofs read(byte[] json) throws IOException {
    return ReportJson.mapper().readValue(json, Proofs.class);
  }

  /** Answers of some classes as lines, in the order of {@link #ANSWERS}. */
  public static byte[] lines(List<VariantAnswer> answers) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (VariantAnswer answer : answers.stream().sorted(ORDER).toList()) {
      out.write(ReportJson.mapper().writeValueAsBytes(answer));
      out.write('\n');
    }
    return out.toByteArray();
  }

  /** Reads {@link #ANSWERS} one after the other; the stream is left open. */
  public static void answers(InputStream in, Consumer<VariantAnswer> each) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      each.accept(ReportJson.mapper().readValue(line, VariantAnswer.class));
    }
  }
}
