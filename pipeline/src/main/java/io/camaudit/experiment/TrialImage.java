package io.camaudit.experiment;

import io.camaudit.input.ImageRef;

/**
 * An image of a run that takes part in a trial.
 *
 * @param ref where it is, and its label
 * @param sha256 of the file that the run saw
 * @param classIndex the class that it takes part for
 * @param heat the run's map of that class; null if there is none
 */
record TrialImage(ImageRef ref, String sha256, int classIndex, HeatGrid heat) {}
