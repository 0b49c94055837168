package io.oasis.server.channel;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Keeps the methods of protobuf's own messages that ours hold in a native image: gRPC knows of ours
 * only, and to look into one of ours by its fields (its {@code toString} does) takes these too.
 */
@RegisterForReflection(
    targets = {Duration.class, Duration.Builder.class, Timestamp.class, Timestamp.Builder.class})
final class WellKnownMessages {
  private WellKnownMessages() {}
}
