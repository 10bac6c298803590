package io.camaudit.storage.hdfs;

import io.camaudit.storage.StoragePlugin;
import java.util.List;
import org.apache.beam.sdk.io.hdfs.HadoopFileSystemOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.RetriableException;
import org.apache.hadoop.ipc.StandbyException;

/**
 * HDFS. A cluster's settings come from {@code HADOOP_CONF_DIR} or Beam's {@code
 * --hdfsConfiguration}; without either, addresses that name host and port are enough.
 */
public final class HdfsStorage implements StoragePlugin {
  /** Beam wants a default; addresses name their own server. */
  private static final String ANY = "hdfs://localhost";

  @Override
  public void configure(PipelineOptions options) {
    HadoopFileSystemOptions hadoop = options.as(HadoopFileSystemOptions.class);
    if (hadoop.getHdfsConfiguration() == null || hadoop.getHdfsConfiguration().isEmpty()) {
      Configuration configuration = new Configuration(true);
      configuration.set(CommonConfigurationKeysPublic.FS_DEFAULT_NAME_KEY, ANY);
      hadoop.setHdfsConfiguration(List.of(configuration));
    }
  }

  /** The client itself tries again and fails over; this is for what it gives up on. */
  @Override
  public boolean isTransient(Throwable cause) {
    Throwable told =
        cause instanceof RemoteException e
            ? e.unwrapRemoteException(RetriableException.class, StandbyException.class)
            : cause;
    return told instanceof RetriableException || told instanceof StandbyException;
  }
}
