package io.oasis.server.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * JSON columns as plain maps, lists, text, numbers and booleans; never as types of our own, so that
 * a native image needs to know nothing about them.
 */
public final class JsonText {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private JsonText() {}

  /** The value as JSON text. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not plain data: " + value, e);
    }
  }

  /** Reads a JSON object. */
  public static Map<String, Object> object(String json) {
    return read(json, OBJECT);
  }

  /** Reads a JSON object whose values are text, such as labels or params. */
  public static Map<String, String> texts(String json) {
    return read(json, TEXTS);
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database holds JSON that cannot be read: " + json, e);
    }
  }
}
