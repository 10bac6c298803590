package io.camaudit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.io.LocalResources;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.junit.jupiter.api.Test;

class StoredListingTest {
  /** Three pages of ten objects, of which one is asked for twice. */
  private static class Pages implements ObjectStore {
    private final List<String> asked = new ArrayList<>();
    int held;

    @Override
    public String scheme() {
      return "pages";
    }

    @Override
    public InputStream open(String location) {
      throw new UnsupportedOperationException();
    }

    @Override
    public InputStream open(String location, long offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(String location, byte[] bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Page list(String prefix, boolean deep, String after) throws IOException {
      asked.add(prefix + " " + after);
      int page = after == null ? 0 : Integer.parseInt(after);
      if (asked.size() == 2) {
        throw new SocketTimeoutException("no answer");
      }
      assertThat(held).as("the page before was visited").isEqualTo(10 * page);
      return new Page(
          IntStream.range(0, 10).mapToObj(i -> object(page, i)).toList(),
          List.of(),
          page == 2 ? null : Integer.toString(page + 1));
    }

    static MatchResult.Metadata object(int page, int number) {
      String name = "/photos/" + page + "/" + number + (number % 2 == 0 ? ".jpg" : ".txt");
      return MatchResult.Metadata.builder()
          .setResourceId(LocalResources.fromPath(Path.of(name), false))
          .setSizeBytes(1)
          .setIsReadSeekEfficient(true)
          .build();
    }
  }

  @Test
  void aListingIsVisitedPageByPageAndAPageThatFailsIsAskedForAgain() throws IOException {
    Pages pages = new Pages();
    List<String> found = new ArrayList<>();
    StoredListing.visit(
        pages,
        "/photos/",
        "/photos/**",
        file -> {
          pages.held++;
          found.add(file.resourceId().toString());
        });
    assertThat(pages.asked)
        .containsExactly("/photos/ null", "/photos/ 1", "/photos/ 1", "/photos/ 2");
    assertThat(found).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void aPatternTakesWhatFits() throws IOException {
    List<String> found = new ArrayList<>();
    StoredListing.visit(
        new Pages() {
          @Override
          public Page list(String prefix, boolean deep, String after) {
            return new Page(List.of(object(1, 2), object(1, 3), object(2, 2)), List.of(), null);
          }
        },
        "/photos/",
        "/photos/1/*.jpg",
        file -> found.add(file.resourceId().toString()));
    assertThat(found).containsExactly("/photos/1/2.jpg");
  }
}
