/**
 * The Beam pipeline: transforms that are thin over plain classes. {@link
 * io.camaudit.job.ExplainImages} is for pipelines of your own, {@link
 * io.camaudit.job.AuditPipeline} is ours.
 */
package io.camaudit.job;
