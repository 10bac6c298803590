/**
 * A Flink cluster as its users see it: whether it answers, what it has, and what became of a job.
 * {@link io.camaudit.flink.FlinkCluster} is where to start.
 */
package io.camaudit.flink;
