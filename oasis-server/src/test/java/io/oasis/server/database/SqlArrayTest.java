package io.oasis.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What arrives in PostgreSQL of an array of each type. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class SqlArrayTest {
  @Inject Database database;

  @Test
  @DisplayName("points in time arrive to the microsecond, before 2000 and far ahead too")
  void instants() {
    List<Instant> sent =
        List.of(
            Instant.parse("2026-11-22T10:00:00.123456Z"),
            Instant.parse("1999-12-31T23:59:59.999999Z"),
            Instant.parse("1969-07-20T20:17:40Z"),
            Instant.parse("9999-12-31T23:59:59.000001Z"));

    assertThat(instants(SqlArray.instants(sent)).stream().map(Optional::get).toList())
        .isEqualTo(sent);
  }

  @Test
  @DisplayName("days long ago are read as they were written, as text and as numbers alike")
  void longAgo() {
    List<Instant> sent =
        List.of(
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("1582-10-10T12:00:00.000001Z"),
            Instant.parse("1970-01-01T00:00:00Z"),
            Instant.parse("2026-11-23T10:00:00.123456Z"));

    // The driver has PostgreSQL prepare what it is asked often, and reads numbers from then on.
    for (int times = 0; times < 12; times++) {
      assertThat(instants(SqlArray.instants(sent)).stream().map(Optional::get).toList())
          .isEqualTo(sent);
    }
  }

  @Test
  @DisplayName("finer times are rounded, just as PostgreSQL rounds them when it reads text")
  void rounded() {
    for (String text :
        List.of("2026-11-22T10:00:00.000000499Z", "2026-11-22T10:00:00.999999500Z")) {
      Instant read =
          database.call(
              tx -> tx.one("SELECT ?::text::timestamptz AS at", row -> row.instant("at"), text));

      assertThat(instants(SqlArray.instants(List.of(Instant.parse(text)))))
          .containsExactly(Optional.of(read));
    }
  }

  @Test
  @DisplayName("nulls arrive as nulls, and an empty array as an empty one")
  void nulls() {
    Instant noon = Instant.parse("2026-11-22T12:00:00Z");

    assertThat(instants(SqlArray.instants(Arrays.asList(null, noon, null))))
        .containsExactly(Optional.empty(), Optional.of(noon), Optional.empty());
    assertThat(instants(SqlArray.instants(List.of()))).isEmpty();
  }

  @Test
  @DisplayName("numbers, flags and texts arrive as they are")
  void others() {
    String texts = "a\"b\\c,{d}\n漢字";

    List<String> rows =
        database.call(
            tx ->
                tx.query(
                    """
                    SELECT coalesce(l::text, '-') || coalesce(i::text, '-') || coalesce(b::text, '-')
                           || coalesce(t, '-') AS line
                      FROM unnest(?::bigint[], ?::int[], ?::boolean[], ?::text[]) AS u(l, i, b, t)
                    """,
                    row -> row.text("line"),
                    SqlArray.longs(Arrays.asList(Long.MAX_VALUE, null)),
                    SqlArray.ints(Arrays.asList(-7, null)),
                    SqlArray.flags(Arrays.asList(true, null)),
                    SqlArray.texts(Arrays.asList(texts, null))));

    assertThat(rows).containsExactly(Long.MAX_VALUE + "-7true" + texts, "----");
  }

  private List<Optional<Instant>> instants(SqlArray array) {
    return database.call(
        tx ->
            tx.query(
                "SELECT at FROM unnest(?::timestamptz[]) WITH ORDINALITY AS u(at, n) ORDER BY n",
                row -> row.optionalInstant("at"),
                array));
  }
}
