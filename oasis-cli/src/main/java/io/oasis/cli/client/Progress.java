package io.oasis.cli.client;

/** Is told that an answer is long in coming. */
public interface Progress {
  /** Says nothing. */
  Progress SILENT =
      new Progress() {
        @Override
        public void waiting(int seconds) {
          // Nobody wants to know.
        }

        @Override
        public void done() {
          // Nothing was said.
        }
      };

  /** No answer for so many seconds. */
  void waiting(int seconds);

  /** The answer is there, or will never be. */
  void done();
}
