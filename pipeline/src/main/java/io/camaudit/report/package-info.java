/**
 * What a run leaves behind: the report of one image ({@link io.camaudit.report.ImageReport}), its
 * JSON form, and the summary of the run. Plain immutable values; nothing here reads images or runs
 * a model.
 */
package io.camaudit.report;
