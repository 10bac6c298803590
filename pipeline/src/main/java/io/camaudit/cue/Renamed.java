package io.camaudit.cue;

import io.camaudit.report.ClassRef;

/**
 * Images that the model calls otherwise when the cue is projected out.
 *
 * @param from what it calls them
 * @param to what it would call them
 * @param withCue how many of them are said to show the cue
 */
public record Renamed(ClassRef from, ClassRef to, long images, long withCue) {}
