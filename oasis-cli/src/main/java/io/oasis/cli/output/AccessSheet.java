package io.oasis.cli.output;

import io.oasis.cli.client.Facts;
import java.util.List;
import java.util.Locale;

/** What may reach the server, with all that is known of it: a node, a token, a person. */
public final class AccessSheet {
  private static final String INDENT = "  ";

  private final Terminal terminal;
  private final Times times;

  /** Prints to the given terminal. */
  public AccessSheet(Terminal terminal, Times times) {
    this.terminal = terminal;
    this.times = times;
  }

  /** An executor process. */
  public void node(Facts node) {
    heading("node " + node.text("id"));
    Table table = new Table(List.of());
    table.addText("app", node.text("app"));
    table.addText("state", node.text("state").toLowerCase(Locale.ROOT));
    table.addText("address", node.text("address"));
    table.addText(
        "slots", "%d of %d busy".formatted(node.number("busySlots"), node.number("slots")));
    table.addText("handlers", String.join(", ", node.texts("handlers")));
    table.addText("labels", JobSheet.pairs(node, "labels"));
    table.addText("version", node.text("appVersion"));
    table.addText("sdk", node.text("sdkVersion"));
    table.addText("connected", moment(node, "connectedAt"));
    table.addText("heartbeat", moment(node, "heartbeatAt"));
    table.addText("server", node.text("serverId"));
    table.print(terminal, INDENT);
  }

  /** A token, without its secret, which nobody knows. */
  public void token(Facts token) {
    heading("token " + token.text("id") + "  " + token.text("name"));
    Table table = new Table(List.of());
    table.addText("kind", token.text("kind").toLowerCase(Locale.ROOT));
    table.addText("role", token.text("role").toLowerCase(Locale.ROOT));
    table.addText("app", token.optional("app").orElse("all"));
    table.addText("created", moment(token, "createdAt") + by(token));
    table.addText("expires", moment(token, "expiresAt"));
    table.addText("last used", token.instant("lastUsedAt").map(times::full).orElse("never"));
    table.print(terminal, INDENT);
  }

  /** A person. */
  public void account(Facts account) {
    heading("account " + account.text("name"));
    Table table = new Table(List.of());
    table.addText("state", AccountText.state(account));
    table.addText("roles", AccountText.roles(account));
    table.addText("email", account.text("email"));
    table.addText("signs in by", AccountText.signsIn(account));
    table.addText("last sign-in", account.instant("lastSignInAt").map(times::full).orElse("never"));
    table.print(terminal, INDENT);
  }

  private static String by(Facts token) {
    return token.optional("createdBy").map(who -> ", by " + who).orElse("");
  }

  private String moment(Facts facts, String field) {
    return facts.instant(field).map(times::full).orElse("");
  }

  private void heading(String text) {
    terminal.print(terminal.palette().paint(Tone.STRONG, text.strip()));
  }
}
