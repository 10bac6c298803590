/**
 * Checks a run that was computed with fewer bits against float32. Start with {@link
 * io.camaudit.precision.PrecisionCheck}.
 */
package io.camaudit.precision;
