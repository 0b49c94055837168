package io.oasis.manifest;

/**
 * A file to read.
 *
 * @param name as messages call it
 * @param content its bytes, not yet known to be text
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: only handed to the reader.
public record SourceFile(String name, byte[] content) {}
