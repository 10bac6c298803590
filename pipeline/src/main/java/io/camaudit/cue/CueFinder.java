package io.camaudit.cue;

import io.camaudit.First;
import io.camaudit.UserException;
import io.camaudit.channel.ChannelFiles;
import io.camaudit.savedmodel.AffineHead;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds a cue in a run's channels: its direction from half of the images, then the score of all,
 * and what the model answers without it. Reads the files twice, one image in memory.
 *
 * @param files of the run
 * @param set the images that show it
 * @param card of the run's model
 * @param head the end of its network; empty where that is not affine, or the model has several
 *     answers
 * @param most images in the ranking
 * @param masks says where in the images it is
 */
public record CueFinder(
    ChannelFiles files,
    CueSet set,
    ModelCard card,
    Optional<AffineHead> head,
    int most,
    CueMasks masks) {
  /** Where the results are, in the run's folder. */
  public static final String REPORT = RunFolder.CUE_FOLDER + "/cue.json";

  /** The images that have most of it. */
  public static final String RANKING = RunFolder.CUE_FOLDER + "/ranking.csv";

  /**
   * Finds it and writes it down.
   *
   * @throws UserException if the images have nothing of their own
   */
  public CueReport write(RunFolder run) throws IOException {
    Direction direction =
        Direction.of(files, set)
            .orElseThrow(
                () ->
                    UserException.wrongArguments(
                        "There is no direction from the other images to these: on average their"
                            + " channels are the same, or there are no others."));
    Optional<Swap> swap = head.map(end -> new Swap(end, direction, card.labels()));
    Ranking ranking = new Ranking(most);
    First<Scored> bearing = new First<>(masks.most(), Scored.ORDER);
    Scores withCue = new Scores();
    Scores others = new Scores();
    files.forEach(
        (report, vectors) -> {
          boolean has = set.has(report.image());
          boolean made = set.makes(report.image());
          double distance = direction.distance(vectors.pooled());
          double score = distance / direction.length();
          Scored image = Scored.of(report, score, has, made);
          ranking.offer(image);
          if (image.bears()) {
            bearing.offer(image);
          }
          if (!made) {
            (has ? withCue : others).add(score);
            swap.ifPresent(each -> each.add(report, vectors.pooled(), distance, has));
          }
        });
    run.write(RANKING, ranking.csv());
    run.delete(CueMasks.REGIONS);
    CueMasks.Made made = masks.most() == 0 ? null : masks.write(run, direction, bearing.list());
    CueReport report =
        new CueReport(
            CueReport.SCHEMA,
            card.defaultLayer(),
            set.names().size(),
            direction.withCue(),
            direction.others(),
            withCue.against(others),
            swap.map(Swap::classes).orElse(null),
            swap.map(Swap::renamed).orElse(null),
            bearing.offered(),
            made);
    run.write(REPORT, report.json());
    return report;
  }
}
