/**
 * Two runs over the same images, side by side: rates and means by class with intervals of their
 * paired differences, verdicts that flipped, maps that moved. {@link
 * io.camaudit.compare.RunComparer} reads the records of both and makes a {@link
 * io.camaudit.compare.RunComparison}.
 */
package io.camaudit.compare;
