package io.camaudit.storage.hdfs;

import io.camaudit.storage.StoragePlugin;
import java.net.ConnectException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final String SERVER_OF_ANY = "localhost:8020";

  private static final Pattern CALL =
      Pattern.compile("^Call From \\S+ to (\\S+) failed on connection exception");

  @Override
  public void configure(PipelineOptions options) {
    HadoopFileSystemOptions hadoop = options.as(HadoopFileSystemOptions.class);
    if (hadoop.getHdfsConfiguration() == null || hadoop.getHdfsConfiguration().isEmpty()) {
      Configuration configuration = new Configuration(true);
      configuration.set(CommonConfigurationKeysPublic.FS_DEFAULT_NAME_KEY, ANY);
      hadoop.setHdfsConfiguration(List.of(configuration));
    }
  }

  /** Hadoop says where it called and why that failed, in a sentence with a web page behind it. */
  @Override
  public String reason(Throwable cause) {
    Matcher call =
        CALL.matcher(cause instanceof ConnectException ? String.valueOf(cause.getMessage()) : "");
    if (!call.find()) {
      return null;
    }
    String server = call.group(1);
    return "nothing answers at "
        + server
        + (server.equals(SERVER_OF_ANY)
            ? ", which is meant by hdfs:///… unless HADOOP_CONF_DIR names a server"
            : "");
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
