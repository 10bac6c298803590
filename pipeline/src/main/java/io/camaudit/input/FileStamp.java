package io.camaudit.input;

import java.io.Serializable;

/**
 * What storage says of a file without opening it; two listings with the same stamps saw the same
 * files, as far as storage can tell.
 *
 * @param bytes its length
 * @param modifiedMillis when it was last written, milliseconds since 1970; 0 where storage keeps no
 *     time
 */
public record FileStamp(long bytes, long modifiedMillis) implements Serializable {}
