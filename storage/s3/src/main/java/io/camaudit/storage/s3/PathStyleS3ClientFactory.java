package io.camaudit.storage.s3;

import org.apache.beam.sdk.io.aws2.options.S3ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.DefaultS3ClientBuilderFactory;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Beam's client, made to fit servers other than Amazon's where an endpoint is named: these serve
 * buckets as paths, not as host names.
 */
public final class PathStyleS3ClientFactory implements S3ClientBuilderFactory {
  private final DefaultS3ClientBuilderFactory beams = new DefaultS3ClientBuilderFactory();

  @Override
  public S3ClientBuilder createBuilder(S3Options options) {
    S3ClientBuilder builder = beams.createBuilder(options);
    return options.getEndpoint() == null ? builder : builder.forcePathStyle(true);
  }
}
