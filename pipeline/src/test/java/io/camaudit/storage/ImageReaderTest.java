package io.camaudit.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What has a photograph's name but is no file: it is refused at once, never waited for. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImageReaderTest {
  @TempDir private Path folder;
  private final ImageReader reader = new ImageReader(1 << 20);

  @Test
  void aPipeIsNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe.jpg");
    Process mkfifo;
    try {
      mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    } catch (IOException e) {
      assumeTrue(false, "no mkfifo here");
      return;
    }
    assumeTrue(mkfifo.waitFor(10, TimeUnit.SECONDS) && mkfifo.exitValue() == 0);
    refused(pipe);
    refused(Files.createSymbolicLink(folder.resolve("link.jpg"), pipe));
  }

  @Test
  void aSocketIsRefused() throws IOException {
    Path socket = folder.resolve("socket.jpg");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      refused(socket);
    }
  }

  @Test
  void aDeviceIsRefused() throws IOException {
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device), "no devices here");
    refused(device);
    refused(Files.createSymbolicLink(folder.resolve("device.jpg"), device));
  }

  private void refused(Path path) {
    assertThatThrownBy(() -> reader.read(path.toString()))
        .isInstanceOf(IOException.class)
        .hasMessage("no regular file but a pipe, a socket or a device");
  }
}
