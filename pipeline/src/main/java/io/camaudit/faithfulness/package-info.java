/**
 * Whether maps name what the model went by, measured by taking their cells out of the pictures: the
 * symmetric relevance gain (Blücher, Vielhaben and Strodthoff 2024, arXiv:2401.06654). Start with
 * {@link io.camaudit.faithfulness.FaithfulnessCheck}.
 */
package io.camaudit.faithfulness;
