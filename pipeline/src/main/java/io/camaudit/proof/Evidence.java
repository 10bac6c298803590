package io.camaudit.proof;

/**
 * How far a class's suspicion is proved.
 *
 * @param sentence the level in plain words, with the numbers behind it
 * @param decide what would decide it; null of a level other than undecided
 * @param confirming p-value of all that confirmed asks for together; null if it could not be tested
 * @param adjustedConfirming after Benjamini–Hochberg over the classes that were tested
 * @param refuting p-value of all that refuted asks for together; null likewise
 * @param adjustedRefuting likewise
 */
public record Evidence(
    EvidenceLevel level,
    String sentence,
    String decide,
    Double confirming,
    Double adjustedConfirming,
    Double refuting,
    Double adjustedRefuting) {}
