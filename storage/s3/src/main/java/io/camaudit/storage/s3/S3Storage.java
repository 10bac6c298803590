package io.camaudit.storage.s3;

import io.camaudit.storage.ObjectStore;
import io.camaudit.storage.StoragePlugin;
import java.net.URI;
import java.util.Optional;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.options.PipelineOptions;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/**
 * Amazon S3 and servers that speak its protocol. Credentials and region come from the AWS SDK's own
 * chains; an endpoint from Beam's {@code --endpoint}, or the variables that AWS' tools read.
 */
public final class S3Storage implements StoragePlugin {
  /** Beam's for each file that is being written, where the heap has half a gigabyte. */
  private static final int BEAMS_BUFFER = 64 << 20;

  /** The least that S3 takes for a part of a file, and more than most of a run's files have. */
  private static final int LEAST_BUFFER = 5 << 20;

  private static final int NOT_FOUND = 404;
  private static final int TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final int NOT_IMPLEMENTED = 501;

  @Override
  public void configure(PipelineOptions options) {
    S3Options s3 = options.as(S3Options.class);
    s3.setS3ClientFactoryClass(S3ClientFactory.class);
    if (s3.getS3UploadBufferSizeBytes() == BEAMS_BUFFER) {
      // Files of dozens of images are written at a time, in a heap of a gigabyte or less.
      s3.setS3UploadBufferSizeBytes(LEAST_BUFFER);
    }
    for (String variable : new String[] {"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"}) {
      String endpoint = System.getenv(variable);
      if (s3.getEndpoint() == null && endpoint != null && !endpoint.isBlank()) {
        s3.setEndpoint(URI.create(endpoint.strip()));
      }
    }
    boolean named = isRegionNamed();
    if (s3.getEndpoint() != null && !named) {
      // What servers of one's own take for any; as a property, so that --awsRegion counts more.
      System.setProperty(SdkSystemSetting.AWS_REGION.property(), "us-east-1");
    }
    if (s3.getEndpoint() != null || named) {
      // Put down, since workers elsewhere have these options and nothing else.
      s3.setAwsRegion(s3.getAwsRegion());
    }
  }

  /**
   * As {@link S3Options#getAwsRegion} finds it, but for asking Amazon's machines, which takes time.
   */
  private static boolean isRegionNamed() {
    try {
      return new AwsRegionProviderChain(
                  new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
              .getRegion()
          != null;
    } catch (SdkClientException e) {
      return false;
    }
  }

  @Override
  public boolean isTransient(Throwable cause) {
    if (cause instanceof AwsServiceException e) {
      return e.isThrottlingException()
          || e.statusCode() == TIMEOUT
          || e.statusCode() == TOO_MANY_REQUESTS
          || (e.statusCode() >= SERVER_ERROR && e.statusCode() != NOT_IMPLEMENTED);
    }
    return cause instanceof ApiCallTimeoutException
        || cause instanceof ApiCallAttemptTimeoutException
        || cause instanceof RetryableException
        // The HTTP client's own name for a server that says nothing or stops in the middle.
        || cause.getClass().getName().equals("org.apache.http.NoHttpResponseException")
        || cause.getClass().getName().equals("org.apache.http.ConnectionClosedException");
  }

  /** A missing bucket is something else, where the server says so. */
  @Override
  public boolean isMissing(Throwable cause) {
    return cause instanceof AwsServiceException e
        && e.statusCode() == NOT_FOUND
        && (e.awsErrorDetails() == null || !"NoSuchBucket".equals(e.awsErrorDetails().errorCode()));
  }

  @Override
  public Optional<ObjectStore> objectStore() {
    return Optional.of(new S3Store());
  }

  @Override
  public String reason(Throwable cause) {
    if (cause instanceof AwsServiceException e) {
      AwsErrorDetails details = e.awsErrorDetails();
      String code = details == null ? null : details.errorCode();
      String message = details == null ? null : details.errorMessage();
      String said =
          code == null && message == null
              ? ""
              : message == null ? ", " + code : ", " + (code == null ? "" : code + ": ") + message;
      return "the server answered " + e.statusCode() + said.replaceFirst("\\.+$", "");
    }
    if (cause instanceof SdkClientException e && e.getMessage() != null) {
      if (e.getMessage().startsWith("Unable to load credentials")) {
        return "no credentials were found in the environment, in profiles or with the machine's role";
      }
      if (e.getMessage().startsWith("Unable to load region")) {
        return "no region is set: set AWS_REGION, or region in a profile";
      }
    }
    return null;
  }
}
