package io.camaudit.stats;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/** Merges the sums of parts. */
final class SumsFn extends Combine.CombineFn<Sums, Sums, Sums> {

  /** One element, the sums of all parts; empty sums if there are no parts. */
  static PCollection<Sums> merge(String name, PCollection<Sums> parts) {
    // Combine's own way to an empty result wants a Serializable one and a side input, which the
    // DirectRunner polls for.
    PCollection<Sums> none =
        parts
            .getPipeline()
            .apply("Start to " + name, Create.of(new Sums()).withCoder(StateCoder.SUMS));
    return PCollectionList.of(none)
        .and(parts)
        .apply("Collect to " + name, Flatten.pCollections())
        .apply(name, Combine.globally(new SumsFn()).withoutDefaults())
        .setCoder(StateCoder.SUMS);
  }

  @Override
  public Sums createAccumulator() {
    return new Sums();
  }

  @Override
  public Sums addInput(Sums accumulator, Sums part) {
    accumulator.merge(part);
    return accumulator;
  }

  @Override
  public Sums mergeAccumulators(Iterable<Sums> accumulators) {
    Sums merged = createAccumulator();
    accumulators.forEach(merged::merge);
    return merged;
  }

  @Override
  public Sums extractOutput(Sums accumulator) {
    return accumulator;
  }

  @Override
  public Coder<Sums> getAccumulatorCoder(CoderRegistry registry, Coder<Sums> input) {
    return StateCoder.SUMS;
  }

  @Override
  public Coder<Sums> getDefaultOutputCoder(CoderRegistry registry, Coder<Sums> input) {
    return StateCoder.SUMS;
  }
}
