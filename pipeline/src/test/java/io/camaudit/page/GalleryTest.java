package io.camaudit.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.storage.RecordRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GalleryTest {
  private static final RecordRef ANYWHERE = new RecordRef(0, 0, 1);

  @Test
  void keepsTheMostSuspiciousWhateverTheOrderOfOffers() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      candidates.add(new Candidate(0, i % 100, "image %04d".formatted(i), ANYWHERE));
    }
    Collections.shuffle(candidates, new Random(7));
    Gallery gallery = new Gallery(3);
    candidates.forEach(gallery::offer);
    assertThat(gallery.total()).isEqualTo(1000);
    assertThat(gallery.size()).isEqualTo(3);
    assertThat(gallery.first(9))
        .extracting(Candidate::image)
        .containsExactly("image 0099", "image 0199", "image 0299");
    assertThat(gallery.first(1)).extracting(Candidate::image).containsExactly("image 0099");
  }

  @Test
  void regionsSpeakBeforeBordersAndBordersBeforeConfidence() {
    Gallery gallery = new Gallery(9);
    gallery.offer(new Candidate(2, 0.99, "no map", ANYWHERE));
    gallery.offer(new Candidate(1, 5, "at the border", ANYWHERE));
    gallery.offer(new Candidate(0, -4, "much lift", ANYWHERE));
    gallery.offer(new Candidate(0, -0.1, "little lift", ANYWHERE));
    assertThat(gallery.first(9))
        .extracting(Candidate::image)
        .containsExactly("little lift", "much lift", "at the border", "no map");
  }
}
