package dev.cockpitcoder.task;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Whose turn it is: in their order, within the limits in all and of a repository. Not safe for threads: {@link Tasks} is. */
final class TaskQueue {
    private final TaskConfig config;
    private final List<Job> waiting = new ArrayList<>();
    private final Map<UUID, Job> running = new LinkedHashMap<>();

    TaskQueue(TaskConfig config) {
        this.config = config;
    }

    boolean isFull() {
        return waiting.size() >= config.maxWaiting();
    }

    void add(Job job) {
        waiting.add(job);
    }

    /** Those that may start now: they are running from here on. */
    List<Job> next() {
        List<Job> started = new ArrayList<>();
        for (Iterator<Job> jobs = waiting.iterator(); jobs.hasNext() && running.size() < config.maxInAll(); ) {
            Job job = jobs.next();
            long ofRepository = running.values().stream()
                    .filter(other -> other.repository().equals(job.repository()))
                    .count();
            if (ofRepository < config.maxPerRepository()) {
                jobs.remove();
                running.put(job.id(), job);
                started.add(job);
            }
        }
        return started;
    }

    /** From 1; 0 when it does not wait. */
    int position(UUID id) {
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).id().equals(id)) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Takes it out when it waits. */
    Optional<Job> withdraw(UUID id) {
        Optional<Job> found =
                waiting.stream().filter(job -> job.id().equals(id)).findFirst();
        found.ifPresent(waiting::remove);
        return found;
    }

    Optional<Job> running(UUID id) {
        return Optional.ofNullable(running.get(id));
    }

    void ended(Job job) {
        running.remove(job.id());
    }

    /** All that wait, then all that run. */
    List<Job> all() {
        List<Job> all = new ArrayList<>(waiting);
        all.addAll(running.values());
        return all;
    }

    int runningCount() {
        return running.size();
    }
}
