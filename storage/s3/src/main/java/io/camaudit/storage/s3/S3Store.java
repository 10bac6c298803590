package io.camaudit.storage.s3;

import io.camaudit.storage.ObjectStore;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.SSECustomerKey;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.util.MimeTypes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Reads and lists with one request where Beam's file system makes two, and writes with one where
 * that makes three. Its client is made of the options that Beam's was made of last in this process:
 * workers get them from their runner, and from nowhere else.
 */
final class S3Store implements ObjectStore {
  private static final String SCHEME = "s3";
  private static final String ROOT = SCHEME + "://";

  private static Supplier<S3Client> clients;
  private static Written written;
  private static S3Client client;

  /** What options say of objects that are written, and read with the same key. */
  private record Written(
      SSECustomerKey key, String algorithm, String kmsKey, boolean bucketKey, String storageClass) {
    static Written of(S3Options options) {
      return new Written(
          options.getSSECustomerKey(),
          options.getSSEAlgorithm(),
          options.getSSEKMSKeyId(),
          options.getBucketKeyEnabled(),
          options.getS3StorageClass());
    }

    /** Names the key that objects are encrypted with, if there is one, to a request. */
    void nameKey(Consumer<String> text, Consumer<String> keyAlgorithm, Consumer<String> md5) {
      if (key != null) {
        text.accept(key.getKey());
        keyAlgorithm.accept(key.getAlgorithm());
        md5.accept(key.getMD5());
      }
    }
  }

  /** Makes the next request go to where these options say. */
  static void use(S3Options options, Supplier<S3Client> newClients) {
    synchronized (S3Store.class) {
      clients = newClients;
      written = Written.of(options);
      client = null;
    }
  }

  /** An object's bucket and key, as its address says them. */
  private record Place(String bucket, String key) {
    static Place of(String address) {
      String path = address.substring(ROOT.length());
      int slash = path.indexOf('/');
      return slash < 0
          ? new Place(path, "")
          : new Place(path.substring(0, slash), path.substring(slash + 1));
    }
  }

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public InputStream open(String location) {
    return get(request(location));
  }

  @Override
  public InputStream open(String location, long offset, int length) {
    // Both ends are meant.
    String range = String.format(Locale.ROOT, "bytes=%d-%d", offset, offset + length - 1);
    return get(request(location).range(range));
  }

  private static GetObjectRequest.Builder request(String location) {
    Place place = Place.of(location);
    return GetObjectRequest.builder().bucket(place.bucket).key(place.key);
  }

  private static InputStream get(GetObjectRequest.Builder request) {
    S3Client asked = client();
    written()
        .nameKey(
            request::sseCustomerKey, request::sseCustomerAlgorithm, request::sseCustomerKeyMD5);
    return new ObjectStream(asked.getObject(request.build()));
  }

  @Override
  public void write(String location, byte[] bytes) {
    Place place = Place.of(location);
    Written as = written();
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(place.bucket)
            .key(place.key)
            .contentType(MimeTypes.BINARY)
            .storageClass(as.storageClass)
            .serverSideEncryption(as.algorithm)
            .ssekmsKeyId(as.kmsKey);
    if (as.bucketKey) {
      request.bucketKeyEnabled(true);
    }
    as.nameKey(request::sseCustomerKey, request::sseCustomerAlgorithm, request::sseCustomerKeyMD5);
    client().putObject(request.build(), RequestBody.fromBytes(bytes));
  }

  @Override
  public Page list(String prefix, boolean deep, String after) {
    Place place = Place.of(prefix);
    ListObjectsV2Response answer =
        client()
            .listObjectsV2(
                ListObjectsV2Request.builder()
                    .bucket(place.bucket)
                    .prefix(place.key)
                    .delimiter(deep ? null : "/")
                    .continuationToken(after)
                    .build());
    List<MatchResult.Metadata> objects = new ArrayList<>(answer.contents().size());
    for (S3Object object : answer.contents()) {
      if (!object.key().endsWith("/")) {
        objects.add(metadata(place.bucket, object));
      }
    }
    List<String> folders = new ArrayList<>();
    for (CommonPrefix folder : answer.commonPrefixes()) {
      folders.add(folder.prefix().substring(place.key.length(), folder.prefix().length() - 1));
    }
    return new Page(objects, folders, answer.nextContinuationToken());
  }

  private static MatchResult.Metadata metadata(String bucket, S3Object object) {
    MatchResult.Metadata.Builder found =
        MatchResult.Metadata.builder()
            .setResourceId(FileSystems.matchNewResource(ROOT + bucket + "/" + object.key(), false))
            .setSizeBytes(object.size())
            .setIsReadSeekEfficient(true);
    if (object.lastModified() != null) {
      found.setLastModifiedMillis(object.lastModified().toEpochMilli());
    }
    return object.eTag() == null
        ? found.build()
        : found.setChecksum(object.eTag().replace("\"", "")).build();
  }

  private static Written written() {
    synchronized (S3Store.class) {
      return written;
    }
  }

  private static S3Client client() {
    synchronized (S3Store.class) {
      if (client == null) {
        client = clients.get();
      }
      return client;
    }
  }
}
