package io.camaudit.stats;

/**
 * An image seen against its class and the rest.
 *
 * @param example its value is the cosine to the class's mean map
 * @param ownPlace cosine to the other maps of the class minus cosine to those of the rest; NaN if
 *     either is nobody
 */
record Placed(Example example, double ownPlace) {}
