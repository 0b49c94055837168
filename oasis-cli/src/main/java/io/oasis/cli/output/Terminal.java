package io.oasis.cli.output;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The three streams. Data is printed to standard output, words are said on standard error. Text is
 * UTF-8 whatever the locale says, because a container's locale is mostly not set at all.
 */
public final class Terminal {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Facts facts;

  /**
   * What is known of the streams.
   *
   * @param inputIsTerminal a person can be asked something
   * @param outputIsTerminal a person reads standard output
   * @param errorIsTerminal a person reads standard error
   * @param colour standard output and standard error may be coloured
   */
  public record Facts(
      boolean inputIsTerminal, boolean outputIsTerminal, boolean errorIsTerminal, boolean colour) {
    /** Everything is a file or a pipe. */
    public static final Facts PIPED = new Facts(false, false, false, false);
  }

  /** Streams of which the caller knows the facts. */
  public Terminal(InputStream in, PrintStream out, PrintStream err, Facts facts) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.facts = facts;
  }

  /** The streams of this process. */
  public static Terminal system(Map<String, String> env) {
    boolean outputIsTerminal = isTerminal(1);
    boolean errorIsTerminal = isTerminal(2);
    boolean colour =
        outputIsTerminal
            && errorIsTerminal
            && env.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(env.get("TERM"));
    return new Terminal(
        System.in,
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        new Facts(isTerminal(0), outputIsTerminal, errorIsTerminal, colour));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 8192),
        false,
        StandardCharsets.UTF_8);
  }

  /**
   * Java only tells whether input and output are both terminals; Linux tells each. Where there is
   * no Linux, Java 22 to 24 say yes to everything; 21 and 25 are right.
   */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }

  /** Prints a line of data. */
  public void print(String line) {
    out.println(line);
  }

  /** Says a line to the person. */
  public void say(String line) {
    out.flush();
    err.println(line);
    err.flush();
  }

  /** Shows on standard error what is being done; on a terminal only, where it is wiped again. */
  public void showProgress(String words) {
    if (facts.errorIsTerminal()) {
      err.print("\r" + words + "\u001b[K");
      err.flush();
    }
  }

  /** Wipes what {@link #showProgress} has shown. */
  public void endProgress() {
    if (facts.errorIsTerminal()) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }

  /** What the given work prints to standard output, as text. */
  public String capture(Consumer<Terminal> work) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream page = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    work.accept(new Terminal(in, page, err, facts));
    page.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Makes everything printed so far visible; false when nobody reads standard output any more. */
  public boolean flush() {
    err.flush();
    return !out.checkError();
  }

  /** Standard input, to be read at most once. */
  public InputStream in() {
    return in;
  }

  /** Standard output as a stream. */
  public PrintStream out() {
    return out;
  }

  /** Standard error as a stream. */
  public PrintStream err() {
    return err;
  }

  /** What is known of the streams. */
  public Facts facts() {
    return facts;
  }

  /** How to colour. */
  public Palette palette() {
    return new Palette(facts.colour());
  }

  /** Asks for one line; empty when there is no person to ask. */
  public Optional<String> ask(String question) {
    Console console = facts.inputIsTerminal() ? System.console() : null;
    return console == null
        ? Optional.empty()
        : Optional.ofNullable(console.readLine("%s", question));
  }

  /** Asks for a secret without showing it; empty when there is no person to ask. */
  public Optional<String> askSecret(String question) {
    Console console = facts.inputIsTerminal() ? System.console() : null;
    if (console == null) {
      return Optional.empty();
    }
    char[] secret = console.readPassword("%s", question);
    return secret == null ? Optional.empty() : Optional.of(new String(secret));
  }
}
