package io.camaudit.flink;

import io.camaudit.storage.TemporaryFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A Flink inside this process, with a REST port like that of any cluster, so that jobs go to it and
 * are followed in one way only.
 */
final class LocalFlink implements AutoCloseable {
  /** Where the compression that Flink brings unpacks its native library. */
  private static final String SNAPPY_FOLDER = "org.xerial.snappy.tempdir";

  private final MiniCluster cluster;

  private LocalFlink(MiniCluster cluster) {
    this.cluster = cluster;
  }

  static LocalFlink start(int slots) {
    Configuration configuration = new Configuration();
    // Java's own classes hold on to a job's; that is no leak in a process that ends with the job.
    configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    String temporary = temporary().toString();
    configuration.set(CoreOptions.TMP_DIRS, temporary);
    configuration.set(WebOptions.TMP_DIR, temporary);
    System.setProperty(SNAPPY_FOLDER, temporary);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .withRandomPorts()
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      throw new IllegalStateException("no Flink can be started in this process", e);
    }
    return new LocalFlink(cluster);
  }

  String address() {
    var address = cluster.getRestAddress().join();
    return address.getHost() + ":" + address.getPort();
  }

  /**
   * A jar with nothing in it: the job's classes are here, and no jar at all is sent as all of them.
   */
  static Path emptyJar() {
    try {
      Path jar = TemporaryFiles.file("empty", ".jar");
      try (OutputStream out = Files.newOutputStream(jar);
          JarOutputStream entries = new JarOutputStream(out, new Manifest())) {
        entries.finish();
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Flink leaves when it is killed goes with all else that is temporary. */
  private static Path temporary() {
    try {
      return TemporaryFiles.folder("flink");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    cluster.closeAsync().join();
  }
}
