package dev.cockpitcoder.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the benchmarks: all of them, or the one named. */
final class Bench {
    private interface Run {
        void run() throws Exception;
    }

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, Run> all = new LinkedHashMap<>();
        all.put("commands", CommandBench::run);
        all.put("events", EventBench::run);
        all.put("tasks", TaskBench::run);
        all.put("terminals", TerminalBench::run);
        String wanted = arguments.length == 0 ? "all" : arguments[0];
        if (!wanted.equals("all") && !all.containsKey(wanted)) {
            throw new IllegalArgumentException("-Dbench must be all or one of " + all.keySet());
        }
        for (Map.Entry<String, Run> each : all.entrySet()) {
            if (wanted.equals("all") || wanted.equals(each.getKey())) {
                each.getValue().run();
            }
        }
    }
}
