package dev.cockpitcoder.agent;

import java.util.EnumMap;
import java.util.Map;

import dev.cockpitcoder.command.Output.Channel;
import dev.cockpitcoder.command.OutputFeed;
import dev.cockpitcoder.server.WorkerThreads;

/** What a run tells, without secrets and in its order: text, gathered into frames, and tool calls. */
final class Report {
    /** What an event costs beside its text. */
    private static final int EVENT_BYTES = 100;

    private final Redaction redaction;
    private final AgentRun.Sink sink;
    private final RunLimits limits;
    private final OutputFeed feed;
    private final Map<Channel, Redaction.Flow> flows = new EnumMap<>(Channel.class);
    private final ToolCalls tools = new ToolCalls(this::told);

    Report(Redaction redaction, WorkerThreads threads, AgentRun.Sink sink, RunLimits limits) {
        this.redaction = redaction;
        this.sink = sink;
        this.limits = limits;
        this.feed = new OutputFeed(threads, new OutputFeed.Sink() {
            @Override
            public void output(Channel channel, String text) {
                sink.output(channel, text);
            }

            @Override
            public void truncated() {
                // its run is ended, and says why
            }
        });
        for (Channel channel : Channel.values()) {
            flows.put(channel, redaction.flow());
        }
    }

    /** It lives. */
    void heard() {
        limits.wrote(0);
    }

    /** Counts against the limit. */
    void text(String text) {
        limits.wrote(text.length());
        add(Channel.STDOUT, text);
    }

    /** Does not block. */
    synchronized void add(Channel channel, String text) {
        feed.wrote(channel, flows.get(channel).add(text));
    }

    /** @param title empty when the agent does not say it this time */
    synchronized void tool(String id, String title, ToolCall.Status status) {
        limits.wrote(title.length() + EVENT_BYTES);
        tools.update(id, title, status);
    }

    private void told(ToolCall call) {
        drain();
        sink.tool(new ToolCall(call.id(), redacted(call.title()), call.status()));
    }

    String redacted(String text) {
        return redaction.apply(text);
    }

    Redaction redaction() {
        return redaction;
    }

    /** The turn is over: nothing is left open. */
    synchronized void close() {
        tools.closeAll();
        drain();
    }

    /** Sends what is not sent yet. */
    synchronized void drain() {
        flows.forEach((channel, flow) -> feed.wrote(channel, flow.end()));
        feed.drain();
    }
}
