package io.camaudit.storage;

/**
 * Where a record's line is.
 *
 * @param file position in the list of record files
 * @param offset of its first byte
 * @param length in bytes, without the line's end
 */
public record RecordRef(int file, long offset, int length) {}
