package io.oasis.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.phrase.Saying;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users are told about their mistakes, to the letter. */
class ManifestProblemsTest {

  @Test
  @DisplayName("GO6: every mistake of every file is told at once, with file, line and path")
  void everythingAtOnce() {
    ReadResult result =
        Read.text(
            """
            apiVersion: oasis/v2
            kind: Job
            metadata:
              app: Billing App
              name: nightly
              lables: {team: payments}
            spec:
              titel: x
              schedule: {cron: "61 2 * * *", timeZone: Asia/Shangai, gap: shft}
              handler: settle
              params: {a: {b: c}}
              retry: {max: 3, backoff: 10}
              enabled: yes
            """,
            """
            apiVersion: oasis/v1
            kind: Jop
            metadata: {}
            """);

    assertThat(result.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "a.yaml:1:13  apiVersion  `oasis/v2` is not known here; did you mean `oasis/v1`?",
            "a.yaml:4:8  metadata.app  `Billing App` is not a name; use a-z, 0-9 and inner hyphens,"
                + " at most 63 characters, for example `billing-app`",
            "a.yaml:6:3  metadata.lables  unknown field `lables`; did you mean `labels`?",
            "a.yaml:8:3  spec.titel  unknown field `titel`; did you mean `title`?",
            "a.yaml:9:20  spec.schedule.cron  `61` is not a minute: value 61 is not in range [0,"
                + " 59]; the fields are minute, hour, day of month, month, day of week",
            "a.yaml:9:44  spec.schedule.timeZone  unknown time zone `Asia/Shangai`; did you mean"
                + " `Asia/Shanghai`?",
            "a.yaml:9:63  spec.schedule.gap  `shft` is not known here; did you mean `shift`?",
            "a.yaml:11:15  spec.params.a  this must be text or a secret, it is a mapping; write text,"
                + " or for example {secretRef: db-password}",
            "a.yaml:12:28  spec.retry.backoff  10 has no unit; write 10s for seconds or 10m for"
                + " minutes",
            "a.yaml:13:12  spec.enabled  `yes` is not true or false; write true or false, without"
                + " quotes",
            "b.yaml:2:7  kind  `Jop` is not known here; did you mean `Job`?");
  }

  @Test
  void aProblemHasItsPartsApart() {
    assertThat(Read.text(Read.job("handlr: x")).problems())
        .containsExactly(
            new Problem(
                "a.yaml",
                7,
                3,
                "spec.handlr",
                Saying.UNKNOWN_FIELD.of("handlr"),
                Optional.of(Saying.DID_YOU_MEAN.of("handler"))));
  }

  @Test
  void missingFieldsAreToldAtTheirMapping() {
    assertThat(Read.problems("kind: Job\nmetadata: {labels: {}}\nspec:\n  title: x\n"))
        .containsExactly(
            ":1:1  apiVersion  `apiVersion` is missing; write apiVersion: oasis/v1",
            ":2:11  metadata.app  `app` is missing; write the name of the app that runs the job",
            ":2:11  metadata.name  `name` is missing; write the job's name",
            ":4:3  spec.schedule  `schedule` is missing; write a schedule, or `none` for a job that"
                + " is started by hand",
            ":4:3  spec.handler  `handler` is missing; write the name of the handler to run");
    assertThat(Read.problems("x: 1"))
        .containsExactly(
            ":1:1  apiVersion  `apiVersion` is missing; write apiVersion: oasis/v1",
            ":1:1  kind  `kind` is missing; write kind: Job or kind: App",
            ":1:1  metadata  `metadata` is missing; write metadata: {name: …}",
            ":1:1  x  unknown field `x`; use one of apiVersion, kind, metadata, spec");
  }

  @Test
  void twoDocumentsWithOneNameAreToldWithBothPlaces() {
    ReadResult result = Read.text(Read.job(), "# other file\n" + Read.job("retry: x"));

    assertThat(result.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "b.yaml:4:32  metadata.name  job billing/nightly is defined twice, first at"
                + " a.yaml:3:32; remove one of them, or give it another name",
            "b.yaml:8:10  spec.retry  `x` is not a whole number; write a number from 0 to 100");
  }

  @Test
  void aKeyThatComesTwiceIsToldWithBothLines() {
    assertThat(Read.problems(Read.job("title: a", "params: {x: 1, x: 2}", "title: b")))
        .containsExactly(
            ":8:18  spec.params.x  `x` is given twice, first at 8:12; keep one of them",
            ":9:3  spec.title  `title` is given twice, first at 7:3; keep one of them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "0 2 * * *" | :6:13  spec.schedule  `0 2 * * *` does not say which kind of schedule it is; write {cron: "0 2 * * *", timeZone: Asia/Shanghai}
          30s | :6:13  spec.schedule  `30s` does not say which kind of schedule it is; write {fixedRate: 30s} or {fixedDelay: 30s}
          {timeZone: UTC} | :6:13  spec.schedule  the schedule says no time; write {cron: "0 2 * * *", timeZone: Asia/Shanghai}, {fixedRate: 1m}, {fixedDelay: 30s}, {at: 2026-12-01T09:00:00+08:00} or none
          {cron: "@daily", fixedRate: 1m} | :6:13  spec.schedule  a schedule has one of cron, fixedRate, not several; keep one of them; two schedules are two jobs
          {cron: ""} | :6:20  spec.schedule.cron  the cron expression is empty; write 5 fields (minute hour day month weekday), 6 or 7 fields (Quartz, seconds first) or a nickname such as @daily
          {cron: "0 0 30 2 *"} | :6:20  spec.schedule.cron  the expression never fires: no month of `2` has a day `30`; choose a day that exists in the months of the expression
          {cron: "@daily", anchor: 1} | :6:30  spec.schedule.anchor  `anchor` has no meaning together with cron; move or remove it
          {fixedRate: 0s} | :6:25  spec.schedule.fixedRate  0s is out of range; write a duration from 1s to 366d in whole milliseconds
          {fixedRate: 60} | :6:25  spec.schedule.fixedRate  60 has no unit; write 60s for seconds or 60m for minutes
          {fixedRate: 1m, anchor: 2026-01-01T08:00:00} | :6:37  spec.schedule.anchor  the time has no offset from UTC; write for example 2026-12-01T09:00:00+08:00
          {at: tomorrow} | :6:18  spec.schedule.at  `tomorrow` is not a date and time; write for example 2026-12-01T09:00:00+08:00
          {at: 2026-12-01T09:00:00.5Z} | :6:18  spec.schedule.at  the time has a fraction of a second; write whole seconds
          {at: 1914-12-01T09:00:00Z} | :6:18  spec.schedule.at  the year 1914 is out of range; use a year from 1970 to 2199
          {at: 2026-03-08T02:30:00, timeZone: America/New_York} | :6:18  spec.schedule.at  2026-03-08T02:30 does not exist in America/New_York, the clock jumps over it; choose another time, or write the offset
          {cron: "@daily", timeZone: CST} | :6:40  spec.schedule.timeZone  unknown time zone `CST`; abbreviations have several meanings; write a region such as Asia/Shanghai
          {cron: "@daily", timeZone: new york} | :6:40  spec.schedule.timeZone  unknown time zone `new york`; did you mean `America/New_York`?
          {cron: "@daily", start: 2027-01-01, end: 2026-01-01} | :6:54  spec.schedule.end  the end is not after the start; exchange them, or remove one
          {fixedRate: 1m, jitter: 500ms} | :6:37  spec.schedule.jitter  a jitter of 500ms moves nothing; fires are moved by whole seconds; write at least 2s
          [1] | :6:13  spec.schedule  a schedule cannot be a list; write {cron: "0 2 * * *", timeZone: Asia/Shanghai}, {fixedRate: 1m}, {fixedDelay: 30s}, {at: 2026-12-01T09:00:00+08:00} or none
          """)
  @DisplayName("TM9: a wrong schedule is told with the right form")
  void schedules(String written, String told) {
    assertThat(Read.problem("schedule: " + written)).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          title: | :7:9  spec.title  the field has no value; give it one, or remove the field
          title: " " | :7:10  spec.title  the text is blank; write something
          title: "a\\nb" | :7:10  spec.title  the character U+000A is not allowed here
          timezone: UTC | :7:3  spec.timezone  `timeZone` belongs under `schedule`; move or remove it
          misfire: lst | :7:12  spec.misfire  `lst` is not known here; did you mean `last`?
          misfire: {max: 3} | :7:13  spec.misfire.max  `max` has a meaning only with policy: all; move or remove it
          misfire: {window: 3s} | :7:21  spec.misfire.window  the window 3s is shorter than the grace 5s; make the window longer
          routing: roundrobin | :7:12  spec.routing  `roundrobin` is not known here; did you mean `round-robin`?
          routing: {success: any} | :7:13  spec.routing.success  `success` has a meaning only with strategy: broadcast; move or remove it
          routing: {strategy: broadcast, success: {}} | :7:43  spec.routing.success  success needs either min or percent; write {min: 2} or {percent: 80}
          blocking: [] | :7:13  spec.blocking  this cannot be a list; write for example serial or {strategy: parallel, max: 3}
          blocking: {strategy: serial, max: 3} | :7:32  spec.blocking.max  `max` has a meaning only with strategy: parallel; move or remove it
          retry: "3" | :7:10  spec.retry  `3` is not a whole number; write it without quotes
          retry: 1.5 | :7:10  spec.retry  1.5 is not a whole number; write a whole number from 0 to 100
          retry: 101 | :7:10  spec.retry  101 is out of range; write a whole number from 0 to 100
          retry: {max: 1, backoff: 1m, cap: 30s} | :7:37  spec.retry.cap  the cap is shorter than the backoff; make the cap at least as long
          timeout: 10 | :7:12  spec.timeout  10 has no unit; write 10s for seconds or 10m for minutes
          timeout: {run: 1h, total: 1m} | :7:29  spec.timeout.total  the total is shorter than one attempt; make it at least as long
          owner: Li | :7:10  spec.owner  this must be a mapping, it is text; write for example {name: Li, email: li@example.com}
          owner: {email: li} | :7:18  spec.owner.email  `li` is not an address; write for example li@example.com
          alarm: {on: failure} | :7:15  spec.alarm.on  this must be a list, it is text; write for example [failure, timeout]
          alarm: {on: [failre]} | :7:16  spec.alarm.on[0]  `failre` is not known here; did you mean `failure`?
          alarm: {mail: [owner, me]} | :7:25  spec.alarm.mail[1]  `me` is not an address; write `owner` or for example li@example.com
          alarm: {repeat: 4} | :7:19  spec.alarm.repeat  4 has no unit; write 4s for seconds or 4m for minutes
          alarm: {repeat: 10s} | :7:19  spec.alarm.repeat  10s is out of range; write a duration from 1m to 30d in whole milliseconds
          alarm: {language: zh_CN} | :7:21  spec.alarm.language  `zh_CN` is not known here; did you mean `zh-CN`?
          alarm: {recover: true} | :7:11  spec.alarm.recover  unknown field `recover`; did you mean `recovery`?
          params: {bad key: 1} | :7:12  spec.params.bad key  `bad key` cannot be a key; use A-Z, a-z, 0-9 and inner . _ / -, at most 128 characters
          params: {a: null} | :7:15  spec.params.a  the field has no value; give it one, or remove the field
          params: {a: "x\\0y"} | :7:15  spec.params.a  the character U+0000 is not allowed here
          params: [a] | :7:11  spec.params  this must be a mapping, it is a list; write for example {region: cn-east}
          """)
  void fields(String written, String told) {
    assertThat(Read.problem(written)).isEqualTo(told);
  }

  @Test
  void lengthsAreBounded() {
    StringBuilder keys = new StringBuilder("params: {");
    for (int i = 0; i <= 100; i++) {
      keys.append("k").append(i).append(": v, ");
    }

    assertThat(Read.problem("title: " + "清".repeat(201)))
        .isEqualTo(":7:10  spec.title  the text is longer than 200 characters");
    assertThat(Read.spec("title: " + "清".repeat(200)).title()).hasSize(200);
    assertThat(Read.problem("params: {a: " + "x".repeat(65_537) + "}"))
        .isEqualTo(":7:15  spec.params.a  the text is longer than 65536 characters");
    assertThat(Read.problem(keys + "}"))
        .isEqualTo(":7:11  spec.params  there are more than 100 keys");
  }

  @Test
  void namesAreSlugs() {
    for (String name : List.of("-a", "a-", "a_b", "A", "名", "a b", "a".repeat(64))) {
      assertThat(
              Read.problems("{apiVersion: oasis/v1, kind: App, metadata: {name: '" + name + "'}}"))
          .as(name)
          .singleElement()
          .asString()
          .startsWith(":1:52  metadata.name  `")
          .contains("is not a name; use a-z, 0-9 and inner hyphens, at most 63 characters");
    }
    for (String name : List.of("a", "0", "a-b", "a--b", "a".repeat(63))) {
      assertThat(
              Read.manifests("{apiVersion: oasis/v1, kind: App, metadata: {name: '" + name + "'}}"))
          .hasSize(1);
    }
  }
}
