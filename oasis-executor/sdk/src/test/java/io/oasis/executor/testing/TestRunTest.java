package io.oasis.executor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.executor.NonRetryableException;
import io.oasis.executor.RunCancelledException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TestRunTest {

  @Test
  @DisplayName("A handler's result, log and progress can be looked at")
  void resultLogAndProgressCanBeLookedAt() {
    TestRun.Result result =
        TestRun.of(
                run -> {
                  run.log("a\nb");
                  run.progress(150, "almost");
                  return run.param("region") + " " + run.shardIndex() + "/" + run.shardTotal();
                })
            .param("region", "cn-east")
            .shard(1, 4)
            .run();

    assertThat(result.succeeded()).isTrue();
    assertThat(result.result()).isEqualTo("cn-east 1/4");
    assertThat(result.log()).containsExactly("a", "b");
    assertThat(result.context().percent()).isEqualTo(100);
  }

  @Test
  @DisplayName("A missing param is a failure that is not tried again")
  void missingParamIsNotTriedAgain() {
    TestRun.Result result = TestRun.of(run -> run.param("region")).run();

    assertThat(result.failure()).isInstanceOf(NonRetryableException.class);
    assertThat(result.isRetryable()).isFalse();
  }

  @Test
  @DisplayName("A handler can be tested for its answer to a cancel")
  void cancelCanBeTested() {
    TestRun.Result result =
        TestRun.of(
                run -> {
                  run.cancellation().throwIfCancelled();
                  return "not reached";
                })
            .cancelled("killed by wang")
            .run();

    assertThat(result.failure())
        .isInstanceOf(RunCancelledException.class)
        .hasMessage("killed by wang");
  }

  @Test
  @DisplayName("Hooks are called once, also when they come after the cancel")
  void hooksAreCalledOnce() {
    AtomicInteger calls = new AtomicInteger();
    FakeRunContext context = TestRun.of(run -> "").context();
    context.cancellation().onCancel(calls::incrementAndGet);

    context.cancel("first", Duration.ofSeconds(1));
    context.cancel("second", Duration.ZERO);
    context.cancellation().onCancel(calls::incrementAndGet);

    assertThat(calls).hasValue(2);
    assertThat(context.cancellation().reason()).contains("first");
  }
}
