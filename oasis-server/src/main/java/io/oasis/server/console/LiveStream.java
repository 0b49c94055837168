package io.oasis.server.console;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Turns looking again and again into a stream of server-sent events. A viewer costs one look a
 * second; a slow one is looked at for less often, because the next look waits for its connection.
 */
final class LiveStream {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private LiveStream() {}

  /**
   * What one look found.
   *
   * @param parts to be sent, in order; may be empty
   * @param last true when there will never be more
   */
  record Look(List<Part> parts, boolean last) {}

  /**
   * One event.
   *
   * @param name of the event
   * @param id where a viewer that was cut off goes on; empty: none
   * @param html its data
   */
  record Part(String name, String id, String html) {
    /** Keeps the connection from looking dead. */
    static final Part BEAT = new Part("beat", "", "");

    static Part of(String name, String html) {
      return new Part(name, "", html);
    }
  }

  /** The stream; {@code look} is called on a worker thread, never twice at once. */
  static Multi<OutboundSseEvent> of(Sse sse, Supplier<Look> look) {
    return Multi.createBy()
        .repeating()
        .uni(
            () ->
                Uni.createFrom()
                    .item(look)
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
        .withDelay(PAUSE)
        .whilst(found -> !found.last())
        .onItem()
        .transformToMultiAndConcatenate(found -> Multi.createFrom().iterable(found.parts()))
        .map(part -> event(sse, part));
  }

  private static OutboundSseEvent event(Sse sse, Part part) {
    OutboundSseEvent.Builder builder = sse.newEventBuilder().name(part.name());
    if (!part.id().isEmpty()) {
      builder.id(part.id());
    }
    return builder.data(String.class, part.html()).build();
  }
}
