/**
 * The table for analysts: one row an explanation, flat typed columns, as Parquet ({@link
 * io.camaudit.parquet.ExplanationTable}). Columns for readers: {@code docs/parquet.md}.
 */
package io.camaudit.parquet;
