package io.oasis.server.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Settings of run logs. */
@ConfigMapping(prefix = "oasis.log")
public interface LogConfig {

  /** How many lines an executor sends in one message at most. */
  @WithDefault("200")
  @Min(1)
  @Max(1_000)
  int batchLines();

  /** How long a line may be, in bytes of UTF-8; longer ones are cut. */
  @WithDefault("16384")
  @Min(100)
  @Max(65_536)
  int lineBytes();

  /** How many lines an attempt may log; of more, head and tail are kept. */
  @WithDefault("100000")
  @Min(100)
  long linesPerRun();

  /** How long after its end a run's last lines may take before they count as missing. */
  @WithDefault("PT10S")
  Duration drain();

  /** Memory for log lines that wait for the database, in bytes. Beyond it, executors keep them. */
  @WithDefault("67108864")
  @Min(1_048_576)
  long queueBytes();
}
