package io.camaudit.stats;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine;

/** The first pass over a class. */
final class ClassAccumulatorFn
    extends Combine.CombineFn<Sample, ClassAccumulator, ClassAccumulator> {
  @Override
  public ClassAccumulator createAccumulator() {
    return new ClassAccumulator();
  }

  @Override
  public ClassAccumulator addInput(ClassAccumulator accumulator, Sample sample) {
    accumulator.add(sample);
    return accumulator;
  }

  @Override
  public ClassAccumulator mergeAccumulators(Iterable<ClassAccumulator> accumulators) {
    ClassAccumulator merged = createAccumulator();
    accumulators.forEach(merged::merge);
    return merged;
  }

  @Override
  public ClassAccumulator extractOutput(ClassAccumulator accumulator) {
    return accumulator;
  }

  @Override
  public Coder<ClassAccumulator> getAccumulatorCoder(CoderRegistry registry, Coder<Sample> input) {
    return StateCoder.FIRST_PASS;
  }

  @Override
  public Coder<ClassAccumulator> getDefaultOutputCoder(
      CoderRegistry registry, Coder<Sample> input) {
    return StateCoder.FIRST_PASS;
  }
}
