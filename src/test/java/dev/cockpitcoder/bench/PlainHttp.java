package dev.cockpitcoder.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP client (RFC 9112) on one connection that costs as little as one can: what the client takes is measured with the server's
 * time. For answers with a length or in chunks, and the status 200.
 */
final class PlainHttp implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)");
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final int HEX = 16;

    private final URI base;
    private final String token;
    private Socket socket;
    private DataInputStream in;

    PlainHttp(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** @param body JSON; null for none */
    void call(String method, String path, String body) throws IOException {
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), base.getPort());
            socket.setTcpNoDelay(true);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        }
        socket.getOutputStream().write(request(method, path, body).getBytes(StandardCharsets.UTF_8));
        String head = head();
        if (!head.startsWith("http/1.1 200")) {
            throw new IOException("not 200: " + head);
        }
        if (head.contains("\r\ntransfer-encoding: chunked")) {
            skipChunks();
        } else {
            Matcher length = LENGTH.matcher(head);
            in.skipNBytes(length.find() ? Long.parseLong(length.group(1)) : 0);
        }
        if (head.contains("\r\nconnection: close")) {
            close();
        }
    }

    private String request(String method, String path, String body) {
        String head = method + ' ' + path + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nAuthorization: Bearer "
                + token;
        return body == null
                ? head + END_OF_HEAD
                : head + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + END_OF_HEAD + body;
    }

    /** In small letters. */
    private String head() throws IOException {
        return until(END_OF_HEAD).toLowerCase(Locale.ROOT);
    }

    private void skipChunks() throws IOException {
        int length;
        do {
            length = Integer.parseInt(until("\r\n").trim(), HEX);
            in.skipNBytes(length + 2L);
        } while (length > 0);
    }

    private String until(String end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int matched = 0; matched < end.length(); ) {
            int next = in.readUnsignedByte();
            bytes.write(next);
            matched = next == end.charAt(matched) ? matched + 1 : next == end.charAt(0) ? 1 : 0;
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
