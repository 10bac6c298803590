package io.camaudit.page;

/**
 * What was written.
 *
 * @param index the document to open
 * @param classes data files, one a class
 * @param images shown in galleries
 * @param photosMissing of those, without their photograph because it could not be read or decoded
 */
public record PageSummary(String index, int classes, int images, int photosMissing) {}
