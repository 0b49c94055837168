package io.oasis.server.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oasis.server.database.Database;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/**
 * The database, which explains every query before it runs it while somebody asks for that: so a
 * test sees what PostgreSQL does for a page, and not for a copy of the page's SQL.
 */
@Alternative
@Singleton
public class QueryPlans extends Database {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXPLAIN =
      "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF, FORMAT JSON) ";

  private static final String SELF = QueryPlans.class.getName();
  private static final String PAGES = QueryPlans.class.getPackageName() + ".";
  private static final List<Explained> PLANS = new CopyOnWriteArrayList<>();
  private static volatile boolean explaining;

  public QueryPlans(DataSource dataSource) {
    super(explaining(dataSource));
  }

  /** A query with its parameters, and the root of its plan. */
  record Explained(String sql, JsonNode plan) {}

  /** The plans of the queries that pages make while the work is done. */
  static List<Explained> during(Runnable work) {
    PLANS.clear();
    explaining = true;
    try {
      work.run();
    } finally {
      explaining = false;
    }
    return List.copyOf(PLANS);
  }

  private static DataSource explaining(DataSource real) {
    return proxy(
        DataSource.class,
        (method, arguments, result) ->
            result instanceof Connection connection ? explaining(connection) : result,
        real);
  }

  private static Connection explaining(Connection real) {
    return proxy(
        Connection.class,
        (method, arguments, result) ->
            result instanceof PreparedStatement statement
                    && method.getName().equals("prepareStatement")
                ? explaining(real, (String) arguments[0], statement)
                : result,
        real);
  }

  private static PreparedStatement explaining(
      Connection connection, String sql, PreparedStatement real) {
    Map<Integer, Object> parameters = new TreeMap<>();
    return (PreparedStatement)
        Proxy.newProxyInstance(
            QueryPlans.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (self, method, arguments) -> {
              if (method.getName().equals("setObject")) {
                parameters.put((Integer) arguments[0], arguments[1]);
              }
              if (method.getName().equals("executeQuery") && explaining && isOfPage()) {
                explain(connection, sql, parameters);
              }
              return call(real, method, arguments);
            });
  }

  /** The loops of the engine ask as well, all the time. */
  private static boolean isOfPage() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::getClassName)
                    .anyMatch(name -> name.startsWith(PAGES) && !name.startsWith(SELF)));
  }

  private static void explain(Connection connection, String sql, Map<Integer, Object> parameters)
      throws SQLException, JsonProcessingException {
    boolean onlyReads = sql.stripLeading().regionMatches(true, 0, "SELECT", 0, 6);
    if (!onlyReads || sql.contains("FOR UPDATE")) {
      return;
    }
    try (PreparedStatement explain = connection.prepareStatement(EXPLAIN + sql)) {
      for (Map.Entry<Integer, Object> parameter : parameters.entrySet()) {
        explain.setObject(parameter.getKey(), parameter.getValue());
      }
      try (ResultSet result = explain.executeQuery()) {
        result.next();
        PLANS.add(
            new Explained(
                sql + " " + parameters, JSON.readTree(result.getString(1)).get(0).get("Plan")));
      }
    }
  }

  private interface Change {
    Object of(Method method, Object[] arguments, Object result);
  }

  private static <T> T proxy(Class<T> type, Change change, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            QueryPlans.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                change.of(method, arguments, call(real, method, arguments))));
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
