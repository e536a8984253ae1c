package dev.cockpitcoder.server;

import java.io.IOException;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;

/** An upgraded connection whose read listener hears nothing before {@link #begin}. */
// its close() may throw anything, says the specification
@SuppressWarnings("try")
final class LateReading implements WebConnection {
    private final WebConnection connection;
    private final Input input;

    LateReading(WebConnection connection) {
        this.connection = connection;
        try {
            this.input = new Input(connection.getInputStream());
        } catch (IOException e) {
            throw new IllegalStateException("the connection has no input", e);
        }
    }

    /** The listener is called from here on, perhaps by this very call. */
    void begin() {
        input.begin();
    }

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return connection.getOutputStream();
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }

    private static final class Input extends ServletInputStream {
        private final ServletInputStream stream;
        private ReadListener listener;

        Input(ServletInputStream stream) {
            this.stream = stream;
        }

        @Override
        public void setReadListener(ReadListener wanted) {
            listener = wanted;
        }

        void begin() {
            if (listener != null) {
                stream.setReadListener(listener);
            }
        }

        @Override
        public boolean isFinished() {
            return stream.isFinished();
        }

        @Override
        public boolean isReady() {
            return stream.isReady();
        }

        @Override
        public int available() throws IOException {
            return stream.available();
        }

        @Override
        public int read() throws IOException {
            return stream.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return stream.read(into, offset, length);
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
