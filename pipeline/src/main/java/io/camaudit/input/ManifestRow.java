package io.camaudit.input;

import java.util.Map;

/**
 * An entry of a list of images.
 *
 * @param image as the list names it
 * @param label null if it has none
 * @param cells all of its fields by name, as text; null for an empty one
 */
record ManifestRow(String image, String label, Map<String, String> cells) {}
