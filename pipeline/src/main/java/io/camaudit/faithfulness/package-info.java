/**
 * Whether maps name what the model went by, measured by taking their cells out of the pictures.
 * Start with {@link io.camaudit.faithfulness.FaithfulnessCheck}.
 */
package io.camaudit.faithfulness;
