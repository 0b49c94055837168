package io.oasis.executor.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tasks by their hand-over and by their work, in the order in which they came. Loop thread only.
 */
final class TaskIndex {
  private final Map<HandOver, RunTask> byKey = new LinkedHashMap<>();
  private final Map<HandOver.Work, List<RunTask>> byWork = new HashMap<>();

  void add(RunTask task) {
    byKey.put(task.key, task);
    byWork.computeIfAbsent(task.key.work(), work -> new ArrayList<>(1)).add(task);
  }

  void remove(RunTask task) {
    byKey.remove(task.key);
    byWork.computeIfPresent(
        task.key.work(),
        (work, tasks) -> {
          tasks.remove(task);
          return tasks.isEmpty() ? null : tasks;
        });
  }

  /** The task of a hand-over, or null. */
  RunTask get(HandOver key) {
    return byKey.get(key);
  }

  /** All tasks, as they are now. */
  List<RunTask> all() {
    return List.copyOf(byKey.values());
  }

  /** The other hand-overs of the same work. */
  List<RunTask> sameWork(HandOver key) {
    List<RunTask> tasks = byWork.getOrDefault(key.work(), List.of());
    if (tasks.isEmpty() || (tasks.size() == 1 && tasks.get(0).key.equals(key))) {
      return List.of();
    }
    return tasks.stream().filter(task -> !task.key.equals(key)).toList();
  }
}
