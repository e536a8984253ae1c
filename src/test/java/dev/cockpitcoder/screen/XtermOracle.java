package dev.cockpitcoder.screen;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;

/** xterm.js without a display, in a process of its own: what viewers really see. */
public final class XtermOracle implements AutoCloseable {
    private static final Path FRONTEND = Path.of("src/main/frontend");
    private static final Path LOGS = Path.of("target");
    /** Not ours: node makes the streams it inherits non-blocking, for everybody who has them. */
    private static final File NO_INPUT = new File("/dev/null");

    private final Process node;
    private final BufferedWriter in;
    private final BufferedReader out;

    public XtermOracle() {
        try {
            install();
            node = new ProcessBuilder("node", "test/xterm-oracle.mjs")
                    .directory(FRONTEND.toFile())
                    .redirectError(
                            LOGS.resolve("xterm-oracle.log").toAbsolutePath().toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        in = node.outputWriter(StandardCharsets.UTF_8);
        out = node.inputReader(StandardCharsets.UTF_8);
    }

    /** What the console's build installs too, later. */
    private static synchronized void install() throws IOException {
        Path lock = Files.createDirectories(LOGS).resolve("npm.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (held.isValid() && !Files.exists(FRONTEND.resolve("node_modules/@xterm/headless/package.json"))) {
                Path log = LOGS.resolve("npm.log").toAbsolutePath();
                Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                        .directory(FRONTEND.toFile())
                        .redirectInput(NO_INPUT)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                if (npm.waitFor() != 0) {
                    throw new IOException("npm ci failed; see " + log);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** What is done to a new terminal, step by step. */
    public static final class Steps {
        private final JsonArrayBuilder steps = Json.createArrayBuilder();
        private final int cols;
        private final int rows;

        public Steps(int cols, int rows) {
            this.cols = cols;
            this.rows = rows;
        }

        public Steps write(byte[] bytes) {
            steps.add(
                    Json.createObjectBuilder().add("bytes", Base64.getEncoder().encodeToString(bytes)));
            return this;
        }

        public Steps write(String text) {
            return write(text.getBytes(StandardCharsets.UTF_8));
        }

        public Steps resize(int newCols, int newRows) {
            steps.add(Json.createObjectBuilder().add("cols", newCols).add("rows", newRows));
            return this;
        }
    }

    /** The cells and how they look, the cursor, the modes, the title, what was answered, and perhaps the history. */
    public synchronized JsonObject draw(Steps steps, boolean history) {
        try {
            in.write(Json.createObjectBuilder()
                    .add("cols", steps.cols)
                    .add("rows", steps.rows)
                    .add("history", history)
                    .add("steps", steps.steps)
                    .build()
                    .toString());
            in.write('\n');
            in.flush();
            return Json.createReader(new StringReader(out.readLine())).readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        node.destroy();
    }
}
