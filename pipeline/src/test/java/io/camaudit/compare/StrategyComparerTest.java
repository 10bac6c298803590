package io.camaudit.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.report.ClassRef;
import io.camaudit.stats.Grouping;
import io.camaudit.stats.Rate;
import io.camaudit.strategy.AssignedImage;
import io.camaudit.strategy.ClassStrategies;
import io.camaudit.strategy.StoredStrategies;
import io.camaudit.strategy.Strategies;
import io.camaudit.strategy.Strategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StrategyComparerTest {
  /** Strategies by letters, an image each. */
  private static List<StrategyChange> compare(String before, String after) throws IOException {
    return StrategyComparer.compare(
        new StoredStrategies(strategies(before), each -> images(before)),
        new StoredStrategies(strategies(after), each -> images(after)));
  }

  private static List<AssignedImage> images(String strategies) {
    List<AssignedImage> images = new ArrayList<>();
    for (int i = 0; i < strategies.length(); i++) {
      if (strategies.charAt(i) != '-') {
        images.add(new AssignedImage(i + ".jpg", strategies.charAt(i) - 'a' + 1, null, null));
      }
    }
    return images;
  }

  private static Strategies strategies(String letters) {
    int count = letters.chars().max().getAsInt() - 'a' + 1;
    List<Strategy> all =
        IntStream.rangeClosed(1, count)
            .mapToObj(
                number ->
                    new Strategy(
                        number,
                        1,
                        Rate.of(1, count),
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        List.of("0.jpg"),
                        null))
            .toList();
    ClassStrategies only =
        new ClassStrategies(
            new ClassRef(letters.length(), "n1", "cat"),
            letters.length(),
            0,
            letters.length(),
            letters.length(),
            5,
            List.of(),
            0,
            "strategies/00000.csv",
            all);
    return new Strategies(Strategies.SCHEMA, Grouping.LABEL, 8, List.of(only));
  }

  @Test
  void oneThatGoesIsSaidToVanishAndTheOtherToGrow() throws IOException {
    List<StrategyChange> changes = compare("aaaaaaaaaabbbbbbbb", "aaaaaaaaaaaaaaaaaa");
    assertThat(changes)
        .extracting(StrategyChange::kind)
        .containsExactly(StrategyChange.Kind.GREW, StrategyChange.Kind.VANISHED);
    StrategyChange vanished = changes.get(1);
    assertThat(vanished.before()).isEqualTo(2);
    assertThat(vanished.after()).isNull();
    assertThat(vanished.share().before().count()).isEqualTo(8);
    assertThat(vanished.share().after().count()).isZero();
    assertThat(vanished.share().lost()).isEqualTo(8);
    assertThat(changes.get(0).share().gained()).isEqualTo(8);
  }

  @Test
  void oneThatComesIsSaidToAppear() throws IOException {
    List<StrategyChange> changes = compare("aaaaaaaaaaaaaaaaaa", "bbbbbbbbbbaaaaaaaa");
    assertThat(changes)
        .extracting(StrategyChange::kind)
        .containsExactly(StrategyChange.Kind.SHRANK, StrategyChange.Kind.APPEARED);
    assertThat(changes.get(0).after()).isEqualTo(2);
    assertThat(changes.get(1).before()).isNull();
    assertThat(changes.get(1).after()).isEqualTo(1);
    assertThat(changes.get(1).share().after().count()).isEqualTo(8);
  }

  @Test
  void numbersThatChangePlacesAreTheSameStrategies() throws IOException {
    List<StrategyChange> changes = compare("aaaaabbbbbcccc", "cccccaaaaabbbb");
    assertThat(changes).extracting(StrategyChange::kind).containsOnly(StrategyChange.Kind.STAYED);
    assertThat(changes).extracting(StrategyChange::after).containsExactly(3, 1, 2);
    assertThat(changes).allMatch(each -> each.share().difference() == 0);
  }

  @Test
  void imagesOfOneRunAloneCountInNothing() throws IOException {
    List<StrategyChange> changes = compare("aaaabbbb----", "aaaabb--bbbb");
    assertThat(changes).hasSize(2);
    assertThat(changes).allMatch(each -> each.share().before().of() == 6);
    assertThat(compare("aabb----", "----aabb")).isEmpty();
  }

  @Test
  void classesThatAreRecognisedInOneWayInBothAreLeftOut() throws IOException {
    assertThat(compare("aaaa", "aaaa")).isEmpty();
  }
}
