package io.camaudit.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camaudit.UserException;
import io.camaudit.channel.ChannelReport;
import io.camaudit.channel.ClassChannels;
import io.camaudit.channel.LikedImage;
import io.camaudit.channel.LikedImages;
import io.camaudit.channel.OutsideShare;
import io.camaudit.channel.TopChannel;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The channels of a run, as the page shows them; of a run without any every class has none. */
final class RunChannels {
  private final Map<String, ClassChannels> byKey = new HashMap<>();
  private final Map<Integer, List<LikedImage>> liked = new HashMap<>();

  private MapFrame.Cells cells;

  private RunChannels() {}

  /**
   * Reads {@code channels.json}, if the run has one.
   *
   * @param frame where maps lie
   * @param mostImages that are shown of all channels together; the more channels there are, the
   *     fewer of each, but at least one
   */
  static RunChannels of(RunFolder run, ClassKeys keys, MapFrame frame, int mostImages)
      throws IOException {
    RunChannels channels = new RunChannels();
    if (!run.has(RunFolder.CHANNELS)) {
      return channels;
    }
    ChannelReport report;
    try {
      report = ChannelReport.read(run.read(RunFolder.CHANNELS));
    } catch (JsonProcessingException e) {
      throw UserException.wrongArguments(
          "%s is not what this version writes (%s).",
          run.locate(RunFolder.CHANNELS), e.getOriginalMessage());
    }
    channels.cells = frame.cells(report.layer());
    report.classes().forEach(each -> channels.byKey.put(keys.of(each.classRef()), each));
    int each = LikedImages.MOST;
    while (each > 1 && images(report.liked(), each).size() > mostImages) {
      each--;
    }
    for (LikedImages images : report.liked()) {
      channels.liked.put(images.channel(), first(images, each));
    }
    return channels;
  }

  private static Set<String> images(List<LikedImages> liked, int ofEach) {
    Set<String> names = new LinkedHashSet<>();
    for (LikedImages each : liked) {
      first(each, ofEach).stream().map(LikedImage::image).forEach(names::add);
    }
    return names;
  }

  private static List<LikedImage> first(LikedImages of, int most) {
    return of.images().subList(0, Math.min(most, of.images().size()));
  }

  /** The names of all images that are shown. */
  Set<String> images() {
    Set<String> names = new LinkedHashSet<>();
    liked.values().forEach(images -> images.forEach(image -> names.add(image.image())));
    return names;
  }

  /** The names of the images that are shown of a class's channels. */
  Set<String> images(String key) {
    Set<String> names = new LinkedHashSet<>();
    for (TopChannel channel : top(key)) {
      liked.get(channel.channel()).forEach(image -> names.add(image.image()));
    }
    return names;
  }

  private List<TopChannel> top(String key) {
    ClassChannels channels = byKey.get(key);
    return channels == null ? List.of() : channels.top();
  }

  /**
   * The channels of a class, those that carry most of it first; null if it has none.
   *
   * @param photos by the images' names
   */
  List<ChannelData> data(String key, Map<String, ChannelData.Photo> photos) {
    if (top(key).isEmpty()) {
      return null;
    }
    String own = byKey.get(key).classRef().name();
    return top(key).stream().map(channel -> data(channel, own, photos)).toList();
  }

  private ChannelData data(TopChannel channel, String own, Map<String, ChannelData.Photo> photos) {
    return new ChannelData(
        channel.channel(),
        Words.triple(channel.share()),
        triple(channel.outside()),
        channel.chance() == null ? null : (Double) Words.round(channel.chance()),
        channel.belowChance() == null
            ? null
            : new long[] {channel.belowChance().count(), channel.belowChance().of()},
        channel.carriedBy() == null ? null : Words.name(channel.carriedBy()),
        channel.carriedBy() == null ? "none" : Words.tone(channel.carriedBy()),
        liked.get(channel.channel()).stream()
            .map(image -> picture(image, own, photos.get(image.image())))
            .toList());
  }

  private ChannelData.Picture picture(LikedImage image, String own, ChannelData.Photo photo) {
    return new ChannelData.Picture(
        image.image(),
        photo,
        image.target().name(),
        own.equals(image.target().name()) ? true : null,
        Words.round(image.relevance()),
        MapData.of(image.heat(), cells));
  }

  private static double[] triple(OutsideShare share) {
    if (share == null) {
      return null;
    }
    double low = share.low() == null ? share.value() : share.low();
    double high = share.high() == null ? share.value() : share.high();
    return new double[] {Words.round(share.value()), Words.round(low), Words.round(high)};
  }
}
