package io.camaudit.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * What a second pass over a class's images remembers, once the mean maps are known. Exact and
 * bounded like {@link ClassAccumulator}. Mutable.
 */
final class PlaceAccumulator implements Mergeable<PlaceAccumulator> {
  private Moments ownPlace = new Moments();
  private TopExamples typical = new TopExamples();
  private TopExamples deviant = new TopExamples();

  void add(Placed placed) {
    ownPlace.add(placed.ownPlace());
    double cosine = placed.example().value();
    typical.offer(0, -cosine, placed.example());
    deviant.offer(0, cosine, placed.example());
  }

  @Override
  public void merge(PlaceAccumulator other) {
    ownPlace.merge(other.ownPlace);
    typical.merge(other.typical);
    deviant.merge(other.deviant);
  }

  Moments ownPlace() {
    return ownPlace;
  }

  List<Example> typical() {
    return typical.list();
  }

  List<Example> deviant() {
    return deviant.list();
  }

  @Override
  public void write(OutputStream out) throws IOException {
    ownPlace.write(out);
    typical.write(out);
    deviant.write(out);
  }

  static PlaceAccumulator read(InputStream in) throws IOException {
    PlaceAccumulator read = new PlaceAccumulator();
    read.ownPlace = Moments.read(in);
    read.typical = TopExamples.read(in);
    read.deviant = TopExamples.read(in);
    return read;
  }
}
