package io.camaudit.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.report.ClassRef;
import java.util.List;

/**
 * The channels that carry a class.
 *
 * @param classRef the class that was explained
 * @param images whose first explanation is of it
 * @param withRegion how many of them have a region
 * @param top the channels with the greatest mean shares, greatest first
 */
public record ClassChannels(
    @JsonProperty("class") ClassRef classRef, long images, long withRegion, List<TopChannel> top) {
  public ClassChannels {
    top = List.copyOf(top);
  }
}
