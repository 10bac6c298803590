package io.camaudit.storage.s3;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.apache.beam.sdk.io.aws2.options.S3ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.DefaultS3ClientBuilderFactory;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryPolicy;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.utils.Lazy;

/**
 * Beam's client, with two differences. Where an endpoint is named, buckets are asked for as paths,
 * since few servers but Amazon's have host names for them. And it does not try again by itself: the
 * program does, counts it and says so.
 */
public final class S3ClientFactory implements S3ClientBuilderFactory {
  private final DefaultS3ClientBuilderFactory beams = new DefaultS3ClientBuilderFactory();

  /** Called in each process that reads or writes, by Beam's file system with that one's options. */
  @Override
  public S3ClientBuilder createBuilder(S3Options options) {
    S3Store.use(options, () -> builder(options).build());
    return whenUsed(() -> builder(options));
  }

  /**
   * A builder that is made with the first question to it. Beam asks for one in each process,
   * whatever that one reads; making it looks for a region, on Amazon's machines in the end, which
   * takes seconds where there are none.
   */
  static S3ClientBuilder whenUsed(Supplier<S3ClientBuilder> builder) {
    Lazy<S3ClientBuilder> made = new Lazy<>(builder);
    return (S3ClientBuilder)
        Proxy.newProxyInstance(
            S3ClientFactory.class.getClassLoader(),
            new Class<?>[] {S3ClientBuilder.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(made.getValue(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private S3ClientBuilder builder(S3Options options) {
    S3ClientBuilder builder = beams.createBuilder(options);
    ClientOverrideConfiguration beamsOwn = builder.overrideConfiguration();
    builder.overrideConfiguration(
        (beamsOwn == null ? ClientOverrideConfiguration.builder() : beamsOwn.toBuilder())
            .retryPolicy(RetryPolicy.none())
            .build());
    return options.getEndpoint() == null ? builder : builder.forcePathStyle(true);
  }
}
