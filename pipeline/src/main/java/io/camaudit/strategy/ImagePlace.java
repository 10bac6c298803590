package io.camaudit.strategy;

import io.camaudit.storage.RecordRef;

/**
 * Where an image's record is, and its relevance; a million of them are held.
 *
 * @param file position in the list of record files
 * @param offset of its record
 * @param length of its record
 * @param row position of its record in the file
 */
record ImagePlace(int file, long offset, int length, int row) {
  static ImagePlace of(RecordRef ref, int row) {
    return new ImagePlace(ref.file(), ref.offset(), ref.length(), row);
  }
}
