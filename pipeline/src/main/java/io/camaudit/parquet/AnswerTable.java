package io.camaudit.parquet;

import static io.camaudit.parquet.ColumnType.LONG_REAL;
import static io.camaudit.parquet.ColumnType.TEXT;
import static io.camaudit.parquet.ColumnType.TRUTH;

import io.camaudit.proof.ClassProof;
import io.camaudit.proof.Proofs;
import io.camaudit.proof.VariantAnswer;
import io.camaudit.report.ClassRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The answers of a proof as a Parquet file, in their order: a row a changed picture. */
public final class AnswerTable {
  private static final List<Column<AnswerRow>> COLUMNS = columns();

  private final TableFile<AnswerRow> file =
      new TableFile<>("answer", COLUMNS, Proofs.SCHEMA, TableFile.ROW_GROUP_BYTES);

  /**
   * One row.
   *
   * @param before the class that the untouched picture is called; null for none
   * @param after likewise the changed one
   */
  private record AnswerRow(
      VariantAnswer answer, ClassProof proof, ClassRef before, ClassRef after) {}

  /**
   * Adds an answer.
   *
   * @param proof of the class that was asked for
   * @param before the class that the untouched picture is called; null for none
   * @param after likewise the changed one
   */
  public void add(VariantAnswer answer, ClassProof proof, ClassRef before, ClassRef after) {
    file.add(new AnswerRow(answer, proof, before, after));
  }

  /** Closes the table; nothing can be added any more. */
  public byte[] finish() {
    return file.finish();
  }

  private static List<Column<AnswerRow>> columns() {
    List<Column<AnswerRow>> all = new ArrayList<>();
    Column.Part<AnswerRow, ClassProof> proof = new Column.Part<>(all, "class_", AnswerRow::proof);
    ClassColumns.add(proof.part("class_", ClassProof::classRef));
    proof
        .always("flagged", TRUTH, ClassProof::flagged)
        .always("evidence", TEXT, p -> p.evidence().level().name().toLowerCase(Locale.ROOT));
    Column.Part<AnswerRow, VariantAnswer> answer = new Column.Part<>(all, "", AnswerRow::answer);
    answer
        .always("image", TEXT, VariantAnswer::image)
        .always("variant", TEXT, a -> a.variant().key())
        .column("donor", TEXT, VariantAnswer::donor)
        .always("counts", TRUTH, VariantAnswer::counts)
        .always("kept", TRUTH, VariantAnswer::kept);
    ClassColumns.add(new Column.Part<>(all, "predicted_before_", AnswerRow::before));
    ClassColumns.add(new Column.Part<>(all, "predicted_", AnswerRow::after));
    answer
        .always("logit_before", LONG_REAL, VariantAnswer::logitBefore)
        .always("logit", LONG_REAL, VariantAnswer::logit)
        .always("probability_before", LONG_REAL, VariantAnswer::probabilityBefore)
        .always("probability", LONG_REAL, VariantAnswer::probability)
        .column("picture", TEXT, VariantAnswer::picture)
        .column("original", TEXT, VariantAnswer::original);
    return List.copyOf(all);
  }
}
