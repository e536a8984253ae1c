package dev.cockpitcoder.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.cockpitcoder.agent.ToolCall.Status;

/**
 * The tool calls of a turn by their ids. Agents announce them, only update them, announce them twice, or forget to end them: each is
 * told as begun and as ended once, and at the end of the turn none is open. For one thread at a time.
 */
final class ToolCalls {
    private static final int MAX_TITLE_CHARS = 500;
    private static final int MAX_OPEN = 1000;

    private final Map<String, String> open = new LinkedHashMap<>();
    private final Map<String, Boolean> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_OPEN;
        }
    };
    private final Consumer<ToolCall> sink;

    ToolCalls(Consumer<ToolCall> sink) {
        this.sink = sink;
    }

    /** @param title empty when the agent does not say it this time */
    void update(String id, String title, Status status) {
        if (ended.containsKey(id)) {
            return;
        }
        String shown = title.isBlank() ? open.getOrDefault(id, "") : cut(title.strip());
        if (status != Status.BEGUN) {
            open.remove(id);
            ended.put(id, true);
            sink.accept(new ToolCall(id, shown.isEmpty() ? "a tool" : shown, status));
        } else if (!shown.isEmpty() && open.size() < MAX_OPEN && open.put(id, shown) == null) {
            sink.accept(new ToolCall(id, shown, status));
        }
    }

    void closeAll() {
        Map.copyOf(open).forEach((id, title) -> update(id, title, Status.CANCELLED));
    }

    private static String cut(String title) {
        return title.length() > MAX_TITLE_CHARS ? title.substring(0, MAX_TITLE_CHARS) + "…" : title;
    }
}
