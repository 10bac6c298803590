/**
 * Writes a run as a dataset of the FiftyOne program, in the JSON form that it imports. Start with
 * {@link io.camaudit.fiftyone.FiftyOneExport}.
 */
package io.camaudit.fiftyone;
