package io.oasis.executor.internal;

import io.oasis.executor.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The cancellation of one attempt: set once by the loop, read by the handler. */
public final class CancelSignal implements Cancellation {
  private final Executor hookThreads;
  private final Consumer<Throwable> onHookFailure;
  private final List<Runnable> hooks = new ArrayList<>();
  private String reason;
  private Duration grace = Duration.ZERO;

  /**
   * Makes a signal that is not set.
   *
   * @param hookThreads runs the hooks, which are user code and may block
   * @param onHookFailure told when a hook throws
   */
  public CancelSignal(Executor hookThreads, Consumer<Throwable> onHookFailure) {
    this.hookThreads = hookThreads;
    this.onHookFailure = onHookFailure;
  }

  /**
   * Sets the signal and calls the hooks.
   *
   * @return whether this was the call that set it
   */
  public boolean cancel(String why, Duration timeLeft) {
    List<Runnable> waiting;
    synchronized (this) {
      if (reason != null) {
        return false;
      }
      reason = why;
      grace = timeLeft;
      waiting = List.copyOf(hooks);
      hooks.clear();
    }
    waiting.forEach(this::call);
    return true;
  }

  @Override
  public synchronized boolean isCancelled() {
    return reason != null;
  }

  @Override
  public synchronized Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  @Override
  public synchronized Duration grace() {
    return grace;
  }

  @Override
  public void onCancel(Runnable hook) {
    synchronized (this) {
      if (reason == null) {
        hooks.add(hook);
        return;
      }
    }
    call(hook);
  }

  private void call(Runnable hook) {
    hookThreads.execute(
        () -> {
          try {
            hook.run();
          } catch (RuntimeException e) {
            onHookFailure.accept(e);
          }
        });
  }
}
