package dev.cockpitcoder.terminal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

import dev.cockpitcoder.server.WorkerThreads;

/** A client whose socket is none. */
final class FakeClient {
    final FakePeer peer = new FakePeer();
    final PtyConnection connection;
    private long drawn;

    FakeClient(boolean v1, UUID session, Terminals terminals, WorkerThreads threads) {
        this.connection = v1
                ? new V1Connection(session, terminals, threads, peer)
                : new TextConnection(session, terminals, threads, peer);
        terminals.connected(connection);
        connection.opened();
    }

    /** @param members of the attach message */
    FakeClient attach(String members) {
        connection.text("{\"type\":\"attach\"" + (members.isEmpty() ? "" : "," + members) + "}");
        return this;
    }

    /** As real clients do it. */
    FakeClient answeringPings() {
        peer.onPing(connection.liveness()::heard);
        return this;
    }

    /** Draws at once what arrives. */
    FakeClient acking() {
        peer.onData(this::ackAll);
        return this;
    }

    FakeClient dead() {
        peer.onPing(() -> {});
        return this;
    }

    void type(String text) {
        connection.text(text);
    }

    void type(long offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        connection.binary(
                ByteBuffer.allocate(8 + bytes.length).putLong(offset).put(bytes).array());
    }

    /** The offset after the last byte that arrived. */
    long next() {
        return peer.next();
    }

    void ackAll() {
        connection.text("{\"type\":\"ack\",\"offset\":" + next() + "}");
    }

    /** Takes so many more bytes of what arrived. */
    void ack(int bytes) {
        drawn = Math.min(peer.received(), drawn + bytes);
        connection.text("{\"type\":\"ack\",\"offset\":" + peer.offsetAfter(drawn) + "}");
    }

    void awaitInputAck(int offset) throws Exception {
        peer.until(() -> peer.messages("inputAck").stream().anyMatch(ack -> ack.getInt("offset") == offset));
    }

    /** What arrived after this. */
    byte[] after(String mark) {
        byte[] data = peer.data();
        int at = new String(data, StandardCharsets.ISO_8859_1).indexOf(mark);
        return at < 0 ? new byte[0] : Arrays.copyOfRange(data, at + mark.length(), data.length);
    }
}
