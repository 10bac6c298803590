package io.camaudit.region;

import java.io.Serializable;

/**
 * One annotated thing.
 *
 * @param category null for a region of its image whatever the label: binary masks, bare boxes
 */
record Annotation(Category category, Shape shape) implements Serializable {}
