/**
 * Loads, checks and runs an exported model: start from {@code ExplainableModel} and {@code
 * ModelCard}. Nothing here knows Beam, image files or reports.
 */
package io.camaudit.savedmodel;
