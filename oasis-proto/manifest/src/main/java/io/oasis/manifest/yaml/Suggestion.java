package io.oasis.manifest.yaml;

import io.oasis.phrase.Phrase;
import io.oasis.phrase.Saying;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that a user probably meant. */
public final class Suggestion {
  /** More slips than that are another word, however long it is. */
  private static final int MOST_SLIPS = 3;

  private Suggestion() {}

  /** {@code did you mean `x`?}, or a list of the words that are allowed. */
  public static Phrase of(String written, Collection<String> allowed) {
    return closest(written, allowed)
        .map(word -> Saying.DID_YOU_MEAN.of(word))
        .orElseGet(() -> Saying.USE_ONE_OF.of(String.join(", ", allowed)));
  }

  /** The allowed word with the smallest edit distance, if it is near enough to be a slip. */
  public static Optional<String> closest(String written, Collection<String> allowed) {
    String word = plain(written);
    if (word.length() > 60) {
      return Optional.empty();
    }
    String best = null;
    int smallest = Math.max(1, Math.min(MOST_SLIPS, word.length() / 3)) + 1;
    for (String candidate : allowed) {
      int distance = distance(word, plain(candidate), smallest);
      if (distance < smallest) {
        smallest = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** Edit distance with swapped neighbours (optimal string alignment), at most {@code limit}. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
