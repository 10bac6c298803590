package io.camaudit.stats;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine;

/** The second pass over a class. */
final class PlaceAccumulatorFn
    extends Combine.CombineFn<Placed, PlaceAccumulator, PlaceAccumulator> {
  @Override
  public PlaceAccumulator createAccumulator() {
    return new PlaceAccumulator();
  }

  @Override
  public PlaceAccumulator addInput(PlaceAccumulator accumulator, Placed placed) {
    accumulator.add(placed);
    return accumulator;
  }

  @Override
  public PlaceAccumulator mergeAccumulators(Iterable<PlaceAccumulator> accumulators) {
    PlaceAccumulator merged = createAccumulator();
    accumulators.forEach(merged::merge);
    return merged;
  }

  @Override
  public PlaceAccumulator extractOutput(PlaceAccumulator accumulator) {
    return accumulator;
  }

  @Override
  public Coder<PlaceAccumulator> getAccumulatorCoder(CoderRegistry registry, Coder<Placed> input) {
    return StateCoder.SECOND_PASS;
  }

  @Override
  public Coder<PlaceAccumulator> getDefaultOutputCoder(
      CoderRegistry registry, Coder<Placed> input) {
    return StateCoder.SECOND_PASS;
  }
}
