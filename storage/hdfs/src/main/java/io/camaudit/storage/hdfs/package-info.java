/** HDFS as a plug-in. */
package io.camaudit.storage.hdfs;
