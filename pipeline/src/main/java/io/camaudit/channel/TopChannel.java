package io.camaudit.channel;

import io.camaudit.stats.Mean;
import io.camaudit.stats.Rate;

/**
 * A channel that carries a class.
 *
 * @param channel its place in the layer, from 0
 * @param share mean over the class's images of its share of what speaks for the class: of the sum
 *     over channels of max(relevance, 0); 0 in an image where nothing does
 * @param outside which part of that lies outside the regions; null without any
 * @param chance which part would, were it spread evenly over each image; null with {@code outside}
 * @param belowChance the images in which less of it lies on the object than if it were, among those
 *     with a region in which the channel speaks for the class; null without any
 * @param carriedBy what that says; null without any
 */
public record TopChannel(
    int channel,
    Mean share,
    OutsideShare outside,
    Double chance,
    Rate belowChance,
    CarriedBy carriedBy) {}
