package io.camaudit.storage.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object that may be left before its end. The client's own stream would then read all the rest,
 * to use the connection again.
 */
final class ObjectStream extends FilterInputStream {
  private final ResponseInputStream<GetObjectResponse> object;
  private long left;

  ObjectStream(ResponseInputStream<GetObjectResponse> object) {
    super(object);
    this.object = object;
    Long length = object.response().contentLength();
    this.left = length == null ? Long.MAX_VALUE : length;
  }

  @Override
  public int read() throws IOException {
    int read = object.read();
    left = read < 0 ? 0 : left - 1;
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = object.read(bytes, offset, length);
    left = read < 0 ? 0 : left - read;
    return read;
  }

  @Override
  public void close() throws IOException {
    if (left > 0) {
      object.abort();
    } else {
      object.close();
    }
  }
}
