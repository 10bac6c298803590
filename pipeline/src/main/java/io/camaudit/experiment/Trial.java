package io.camaudit.experiment;

/**
 * An image that is changed, and those that give to it.
 *
 * @param sameClass gives its background; null if there is none
 * @param otherClass gives its background and takes the patch of a transplant; null likewise
 */
record Trial(TrialImage image, TrialImage sameClass, TrialImage otherClass) {}
