package io.oasis.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Files that are not YAML, not text, too large or built to hurt. */
class BrokenFilesTest {

  private static List<String> problems(byte[] content) {
    return new ManifestReader()
        .read(List.of(new SourceFile("a.yaml", content))).problems().stream()
            .map(problem -> problem.toString().replace("a.yaml", ""))
            .toList();
  }

  @Test
  void filesWithoutADocument() {
    assertThat(Read.problems(""))
        .containsExactly(":1:1  the file is empty; write a document into it, or leave it out");
    assertThat(Read.problems(" \n\t\n"))
        .containsExactly(":1:1  the file is empty; write a document into it, or leave it out");
    assertThat(Read.problems("# nothing\n---\n---\n"))
        .containsExactly(
            ":1:1  the file holds no document, only comments; write a document into it, or leave it"
                + " out");
    assertThat(Read.problems("- a\n---\njust text\n"))
        .containsExactly(
            ":1:1  a document must be a mapping, this is a list; begin with apiVersion: oasis/v1"
                + " and kind: Job",
            ":3:1  a document must be a mapping, this is text; begin with apiVersion: oasis/v1 and"
                + " kind: Job");
  }

  @Test
  void filesThatAreNotText() {
    String binary =
        ":1:1  the file is binary, not text; give YAML files in UTF-8; leave out archives, images and"
            + " UTF-16 text";

    assertThat(problems(new byte[] {'a', ':', ' ', 0})).containsExactly(binary);
    assertThat(problems("a: b".getBytes(StandardCharsets.UTF_16))).containsExactly(binary);
    assertThat(problems("a: b\nc: 清\u00fc".getBytes(StandardCharsets.ISO_8859_1)))
        .containsExactly(":2:5  the file is not UTF-8 from here on; save it as UTF-8");
    assertThat(problems("a: b\n  c: \u0007x".getBytes(StandardCharsets.UTF_8)))
        .containsExactly(
            ":2:6  the control character U+0007 is not allowed in YAML; remove it, or write it as"
                + " an escape in double quotes");
  }

  @Test
  void aFileThatIsTooLargeIsRefusedWithoutALook() {
    byte[] huge = new byte[50 * 1024 * 1024];

    assertThat(problems(huge))
        .containsExactly(":1:1  the file is larger than 4 MB; split it into several files");
  }

  @Test
  void tooManyDocumentsOverAllFiles() {
    String half = "--- {apiVersion: oasis/v1, kind: App}\n".repeat(10_001);

    List<Problem> problems = Read.text(half, half).problems();

    assertThat(problems.get(problems.size() - 1).toString())
        .isEqualTo(
            "b.yaml:10000:1  there are more than 20000 documents; split the input into several"
                + " sets");
  }

  @Test
  void deepNestingIsRefused() {
    for (String text : List.of("[".repeat(100_000), "{a: ".repeat(100_000), "- ".repeat(100_000))) {
      assertThat(Read.problems(text))
          .singleElement()
          .asString()
          .endsWith("the document is nested deeper than 32 levels; flatten it");
    }
    assertThat(Read.problems("[".repeat(33)))
        .containsExactly(":1:33  the document is nested deeper than 32 levels; flatten it");
  }

  @Test
  void aliasesAreBounded() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String alias = "*a" + (i - 1);
      laughs.append("a%d: &a%d [%s]\n".formatted(i, i, (alias + ", ").repeat(9) + alias));
    }

    assertThat(Read.problems(laughs.toString()))
        .containsExactly(
            ":4:45  a3[7]  the aliases of this document repeat more than 10000 values; write the"
                + " values out");
    assertThat(Read.problems("b: &b [*b]"))
        .containsExactly(
            ":1:8  b[0]  the alias *b has no anchor before it; write &b at the value that it"
                + " repeats, or put quotes around the text");
  }

  @Test
  @DisplayName("GO6: a document with broken syntax does not hide the mistakes of the others")
  void syntaxMistakes() {
    String text =
        """
        apiVersion: oasis/v1
        kind: App
        metadata:
        \tname: a
        ---
        kind: App
          bad: indentation
        ---
        a: 'open
        ---
        a: {b: c
        d: e
        ---
        title: foo: bar
        ---
        title: @foo
        ---
        title: "a \\q"
        ---
        c: !java/object x
        ---
        ? [a]
        : b
        --- # the last
        apiVersion: oasis/v1
        kind: Apq
        metadata: {name: a}
        """;

    assertThat(Read.problems(text))
        .containsExactly(
            ":4:1  a tab is used where YAML wants blanks; indent with blanks only",
            ":7:6  a `:` stands where no field can begin; check the indentation, and put quotes"
                + " around text that contains `: `",
            ":9:4  a quote is opened here and not closed; close the quote",
            ":11:4  what begins here with { is not closed properly; put a comma between its parts"
                + " and close it",
            ":14:11  a `:` stands where no field can begin; check the indentation, and put quotes"
                + " around text that contains `: `",
            ":16:8  text cannot begin with this character; put quotes around the text",
            ":18:12  this escape is not known in double quotes; use single quotes for text with"
                + " backslashes",
            ":20:4  c  the tag !java/object is not supported; remove the tag, or put quotes around"
                + " text that begins with !",
            ":22:3  a field name cannot be a list or a mapping; write text",
            ":26:7  kind  `Apq` is not known here; did you mean `App`?");
  }

  @Test
  void manyBrokenDocumentsEndTheReadingInTime() {
    List<String> problems = Read.problems("--- [\n".repeat(100_000));

    assertThat(problems).hasSize(101);
    assertThat(problems.get(100))
        .endsWith("too many mistakes; the rest of the file was not read; correct these first");
  }

  @Test
  void manyUnknownFieldsAreCut() {
    StringBuilder text = new StringBuilder("{apiVersion: oasis/v1, kind: App, metadata: {name: a}");
    for (int i = 0; i < 5_000; i++) {
      text.append(", field").append(i).append(": 1");
    }

    List<String> problems = Read.problems(text + "}");

    assertThat(problems).hasSize(51);
    assertThat(problems.get(50)).contains("4950 further unknown fields; correct the first ones");
  }

  @Test
  void noMutationOfAFileMakesTheReaderThrow() {
    String good =
        Read.job(
            "title: 每日清算 \"x\"",
            "schedule: {cron: '0 30 2 * * ?', timeZone: Asia/Shanghai}",
            "params: &p {a: 'b', c: *p}",
            "retry: {max: 3, backoff: 10s}",
            "alarm: {on: [failure], mail: [owner]}");
    byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
    Random random = new Random(7);
    byte[] spice = "{}[]:,-#&*!|>'\"%@`?\t \n\\~0x\u00e6".getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int round = 0; round < 3_000; round++) {
      byte[] mutant = bytes.clone();
      for (int change = 0; change <= round % 5; change++) {
        mutant[random.nextInt(mutant.length)] = spice[random.nextInt(spice.length)];
      }

      List<String> problems = problems(mutant);

      refused += problems.isEmpty() ? 0 : 1;
      assertThat(problems).allMatch(problem -> problem.indexOf('\n') < 0);
    }
    assertThat(refused).isGreaterThan(2_000);
  }
}
