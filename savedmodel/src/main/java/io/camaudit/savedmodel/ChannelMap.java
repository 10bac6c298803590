package io.camaudit.savedmodel;

/**
 * Where one channel of a layer finds what it gives.
 *
 * @param channel its place in the layer
 * @param cells gradient times activation, [h·w], row by row; they sum to the channel's relevance
 */
public record ChannelMap(int channel, float[] cells) {}
