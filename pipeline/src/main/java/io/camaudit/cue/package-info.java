/**
 * A cue that a person points at by images: its direction in the model's channels, who has it, and
 * what becomes of the model's answers without it.
 */
package io.camaudit.cue;
