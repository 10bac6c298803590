/** S3 as a plug-in. */
package io.camaudit.storage.s3;
