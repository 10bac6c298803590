/**
 * Reading images and writing results, on local disks and on every file system that Beam knows.
 * Local paths go through {@code java.nio} directly; everything else through Beam's {@code
 * FileSystems}.
 */
package io.camaudit.storage;
