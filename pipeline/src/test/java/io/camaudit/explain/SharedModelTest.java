package io.camaudit.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.camaudit.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedModelTest {
  private static final ExplainSettings SETTINGS =
      ExplainSettings.of("../savedmodel/src/test/resources/tiny-model");

  @Test
  void settingsThatLoadAModelAlikeShareItUntilTheLastIsClosed() {
    SharedModel first = SharedModel.acquire(SETTINGS);
    SharedModel second = SharedModel.acquire(SETTINGS.absolute().withTargets(List.of("1")));
    assertSame(first.model(), second.model());
    assertEquals(first.loadMillis(), second.loadMillis());
    first.close();
    try (ImageExplainer explainer = ImageExplainer.open(SETTINGS)) {
      second.close();
      // Still usable, though who had it loaded is gone.
      assertEquals(first.model().bytes(), explainer.modelBytes());
      explainer.inputs();
    }
    try (SharedModel anew = SharedModel.acquire(SETTINGS)) {
      assertNotSame(first.model(), anew.model());
    }
  }

  @Test
  void settingsThatLoadItOtherwiseHaveOneOfTheirOwn() {
    try (SharedModel one = SharedModel.acquire(SETTINGS);
        SharedModel other = SharedModel.acquire(SETTINGS.withMethod("gradcam", 3))) {
      assertNotSame(one.model(), other.model());
    }
  }

  @Test
  void whatAModelHasNotIsSaidBeforeItIsLoaded() {
    assertThrows(
        UserException.class, () -> SharedModel.acquire(SETTINGS.withMethod("no-such-method", 16)));
  }
}
