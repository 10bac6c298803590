package io.camaudit.page;

import java.nio.file.Path;

/**
 * What was written.
 *
 * @param index the document to open
 * @param classes data files, one a class
 * @param images shown in galleries
 * @param photosMissing of those, without their photograph because it could not be read or decoded
 */
public record PageSummary(Path index, int classes, int images, int photosMissing) {}
