/**
 * The report page: {@code report/} in a run's directory, static files that open from the file
 * system without a network. Start from {@link io.camaudit.page.ReportPage}. It reads what the run
 * left behind ({@code run.json}, {@code classes.json}, {@code records/*.jsonl}), keeps references
 * to a bounded choice of images in memory, and writes one HTML document, one data file a class and
 * one picture an image shown.
 */
package io.camaudit.page;
