/**
 * Does to images what a proof asks for, and asks the model again: chooses them from a run's records
 * ({@link io.camaudit.experiment.TrialSample}), makes their variants ({@link
 * io.camaudit.experiment.TrialPictures}) and takes the model's answers down ({@link
 * io.camaudit.experiment.ClassExperiment}). What the answers come to is counted in {@code
 * io.camaudit.proof}.
 */
package io.camaudit.experiment;
