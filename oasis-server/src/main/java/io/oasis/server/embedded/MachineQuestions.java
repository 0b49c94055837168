package io.oasis.server.embedded;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.zonky.test.db.postgres.util.LinuxUtils;

/**
 * Takes the place of two methods of the library in a native image, and is nothing on a JVM. The
 * library asks for the user's id by a class of the JDK whose native library no image has; without
 * the answer, PostgreSQL would not start for root.
 */
@TargetClass(LinuxUtils.class)
final class MachineQuestions {
  private MachineQuestions() {}

  /** The PostgreSQL that is shipped is of no particular distribution. */
  @Substitute
  private static String resolveDistributionName() {
    return null;
  }

  @Substitute
  private static boolean unshareAvailable() {
    return UnshareCheck.isNeededAndWorks();
  }
}
